"""What a check found."""

from dataclasses import dataclass, field

MAX_FINDINGS = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: which kind, which row or file, and what is wrong with it."""

    kind: str
    key: str
    text: str


@dataclass(slots=True)
class Report:
    """All findings of one run and how much was looked at."""

    findings: list[Finding] = field(default_factory=list)
    leaves: int = 0
    rows: int = 0
    files: int = 0
    root: str = ""

    def add(self, kind: str, key: object, text: str) -> None:
        """Note a finding; after a thousand the rest is the same story."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(kind, str(key), text))

    @property
    def clean(self) -> bool:
        """Tell whether everything fits."""
        return not self.findings

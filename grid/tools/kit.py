"""The tools a flow may use, opened once per process from the data directory."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grid.core.settings import Settings
from grid.rules.calendar import WorkCalendar, default_calendar
from grid.tools.blobstore import DirectoryBlobStore
from grid.tools.imagecheck import ImageChecker
from grid.tools.jobfiles import JobFiles
from grid.tools.keys import KeyRing
from grid.tools.partstore import PartStore
from grid.tools.passwords import ArgonCost, Passwords
from grid.tools.pdf import Papers
from grid.tools.vault import Vault


@dataclass
class Kit:
    """Vault, signing keys, evidence store, part store, password hasher, calendar; each opened at first use."""

    settings: Settings

    @property
    def vault_directory(self) -> Path:
        """Return where the vault's key file is."""
        return self.settings.data_dir / "keys" / "vault"

    @cached_property
    def vault(self) -> Vault:
        """Return field encryption."""
        return Vault.open(self.vault_directory)

    @cached_property
    def keys(self) -> KeyRing:
        """Return the signing keys."""
        return KeyRing.open(self.settings.data_dir / "keys" / "signing")

    @cached_property
    def blobs(self) -> DirectoryBlobStore:
        """Return the evidence store."""
        return DirectoryBlobStore(self.settings.data_dir / "blobs")

    @cached_property
    def parts(self) -> PartStore:
        """Return the store of unfinished uploads."""
        return PartStore(self.settings.data_dir / "parts", self.blobs)

    @cached_property
    def files(self) -> JobFiles:
        """Return the files that jobs made for people."""
        return JobFiles(self.settings.data_dir / "files")

    @cached_property
    def passwords(self) -> Passwords:
        """Return the argon2id hasher and the policy for new passwords."""
        return Passwords(ArgonCost(self.settings.argon2_memory_kib, self.settings.argon2_time_cost))

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Return the working-day calendar."""
        return default_calendar()

    @cached_property
    def papers(self) -> Papers:
        """Return the press for court papers; a court may bring its own fonts."""
        return Papers(Path(self.settings.font_path) if self.settings.font_path else None)

    @cached_property
    def images(self) -> ImageChecker:
        """Return the child processes that alone may decode what came from a phone."""
        return ImageChecker()

    def close(self) -> None:
        """End what runs beside this process; everything opens again at its next use."""
        if "images" in self.__dict__:
            self.images.close()

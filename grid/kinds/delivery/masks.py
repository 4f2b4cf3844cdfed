"""What of a delivery's report is hidden from those who only supervise."""

from collections.abc import Mapping
from typing import Any

from grid.rules.masking import mask_address, mask_name


def mask_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with the names, numbers and whereabouts of residents hidden."""
    found = dict(answers)
    if found.get("signer"):
        signer = dict(found["signer"])
        signer |= {"name": mask_name(signer["name"]), "id_last4": None}
        if signer.get("guardian_of"):
            signer["guardian_of"] = mask_name(signer["guardian_of"])
        found["signer"] = signer
    if found.get("moved_to"):
        found["moved_to"] = mask_address(found["moved_to"])
    return found

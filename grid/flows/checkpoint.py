"""Sign a checkpoint of the ledger when it has grown."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select

from grid.core.words.tokens import KeyPurpose
from grid.models import LedgerCheckpoint, LedgerHead, db
from grid.rules import merkle
from grid.tools.checkpoint import Checkpoint, sign_checkpoint
from grid.tools.kit import Kit


def origin_of(kit: Kit) -> str:
    """Return the ledger's name: the public host and its path."""
    return f"{urlsplit(kit.settings.public_origin).netloc}/ledger"


def make_checkpoint(kit: Kit, now: datetime) -> LedgerCheckpoint | None:
    """Sign size and root; None when nothing was added since the last one."""
    size, frontier = db.session.execute(select(LedgerHead.size, LedgerHead.frontier).where(LedgerHead.id == 1)).one()
    if size == 0 or db.session.get(LedgerCheckpoint, size) is not None:
        return None
    root = merkle.root([frontier[i : i + 32] for i in range(0, len(frontier), 32)])
    signer = kit.keys.signer(KeyPurpose.LOG)
    public = next(key for key in kit.keys.public_keys(KeyPurpose.LOG) if key.kid == signer.kid)
    note = sign_checkpoint(Checkpoint(origin_of(kit), size, root), signer, public)
    row = LedgerCheckpoint(size=size, root=root, note=note, at=now)
    db.session.add(row)
    return row

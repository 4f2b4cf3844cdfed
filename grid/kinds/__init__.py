"""The kinds of task the product can carry; a new kind is a folder and one line here."""

from grid.kinds.base import Kind
from grid.kinds.delivery import KIND as DELIVERY

KINDS: tuple[Kind, ...] = (DELIVERY,)

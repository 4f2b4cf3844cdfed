"""Where the two faces are that come with the product's dependencies (Noto Serif SC and Noto Sans SC, OFL 1.1)."""

from pathlib import Path

import pylopdf_fonts_zh_cn

_PACKAGE = Path(pylopdf_fonts_zh_cn.__file__).parent
SERIF = _PACKAGE / "NotoSerifSC-Regular.otf"
SANS = _PACKAGE / "NotoSansSC-Regular.otf"

"""A film for Chromium's fake camera, written by hand: a QR code on a desk-grey ground, slightly turned."""

from pathlib import Path

from PIL import Image

FRAMES = 3


def write_film(path: Path, code: Image.Image, size: tuple[int, int] = (1280, 720)) -> Path:
    """Write a .y4m (4:2:0) that shows the picture for ever."""
    frame = Image.new("RGB", size, (190, 190, 186))
    side = int(size[1] * 0.86)
    shown = (
        code.convert("RGB")
        .resize((side, side), Image.Resampling.LANCZOS)
        .rotate(4, expand=True, fillcolor=(190, 190, 186), resample=Image.Resampling.BICUBIC)
    )
    frame.paste(shown, ((size[0] - shown.width) // 2, (size[1] - shown.height) // 2))
    luma, blue, red = frame.convert("YCbCr").split()
    half = (size[0] // 2, size[1] // 2)
    body = luma.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes()
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{size[0]} H{size[1]} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(FRAMES):
            film.write(b"FRAME\n" + body)
    return path

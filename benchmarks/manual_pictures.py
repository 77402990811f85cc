"""Pictures of manuals a second: frames, badges and masks drawn over recorded pictures by two workers."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from benchmarks.measuring import Bar, Figure, Sense
from manuals.drawing import Darkroom, draw_pictures
from manuals.figures import Work
from manuals.model import Figure as Picture
from manuals.pictures import Drawing
from storyboard.marks import marks
from storyboard.model import Box, Touch

BAR = Bar(2.0, Sense.AT_LEAST, "枚/秒")
WORKERS = 2
COUNT = 60
SIZE = (1280, 1400)


def measure(rounds: int) -> Figure:
    """Pictures as large as those of the portal, each with six badges and a mask, and its original beside it."""
    with tempfile.TemporaryDirectory(prefix="koujyo-") as name:
        folder = Path(name)
        works = [_work(folder, number) for number in range(COUNT)]
        rates = tuple(_rate(folder, works, number) for number in range(rounds))
    remarks = (
        f"{SIZE[0]}×{SIZE[1]} の {COUNT} 枚を {WORKERS} 並列で。番号 6 個と隠す所 1 か所、番号を描く前の写真も書く",
        "再利用なし。並列の起動を含む",
    )
    return Figure("manual_pictures", "手順書の写真（枠、番号、伏せ字）", BAR, rates, remarks)


def _rate(folder: Path, works: list[Work], number: int) -> float:
    room = Darkroom(folder, folder / f"cache-{number}", folder / f"build-{number}")
    started = time.perf_counter()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        draw_pictures(room, works, pool, lambda: None)
    return len(works) / (time.perf_counter() - started)


def _work(folder: Path, number: int) -> Work:
    source = f"{number}.png"
    picture = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 40 + number).convert("RGB")
    picture.resize(SIZE, Image.Resampling.NEAREST).save(folder / source)
    touches = [Touch("ボタン", "button", Box(300, 100 + 80 * row, 240, 40)) for row in range(6)]
    shown = Picture(
        id=f"{number}",
        number=f"図1-{number}",
        path=f"pictures/{source}",
        original=f"originals/{source}",
        width=SIZE[0],
        height=SIZE[1],
        kind="portal",
        caption="画面",
        alt="画面。",
        screen_id=None,
    )
    return Work(source, Drawing(marks(touches, SIZE), (Box(300, 100, 240, 40),), SIZE[1]), shown)

"""Renders a second of the same pages by python-liquid, for comparison."""

import json
import pathlib
import sys
import time

import liquid

pages = pathlib.Path(__file__).parent / "pages"
data = json.loads((pages / "data.json").read_text())
for page in sorted(pages.glob("*.liquid")):
    template = liquid.Environment().from_string(page.read_text())
    best = 0.0
    for _ in range(5):
        start, count = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - start) < 0.2:
            text = template.render(**data)
            count += 1
        best = max(best, count / elapsed)
    print(page.stem, int(best))
    if len(sys.argv) > 1:
        (pathlib.Path(sys.argv[1]) / page.name).write_text(text)

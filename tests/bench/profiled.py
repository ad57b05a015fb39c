"""`joldosh` under the profiler: `python -m tests.bench.profiled FILE serve`. It sees the main thread only."""

import cProfile
import sys

from bot.cli import main

if __name__ == "__main__":
    _, file, *arguments = sys.argv
    sys.argv = ["joldosh", *arguments]
    profile = cProfile.Profile()
    try:
        profile.runcall(main)
    finally:
        profile.dump_stats(file)

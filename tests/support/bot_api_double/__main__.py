"""The double as a process: `python -m tests.support.bot_api_double --port 8081`. It ends with its standard input.

That way it never outlives the process that started it.
"""

import argparse
import asyncio
import sys

import uvloop

from tests.support.bot_api_double.server import BotApiDouble


def main() -> None:
    parser = argparse.ArgumentParser(description="A double of Telegram's Bot API server.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="42:DOUBLE")
    parser.add_argument("--second", type=float, default=1.0, help="a second of retry delay")
    parser.add_argument("--strangers", action="store_true", help="unknown chats count as known")
    parser.add_argument("--no-record", action="store_true", help="keep no calls, only counts")
    options = parser.parse_args()
    uvloop.run(_serve(options))


async def _serve(options: argparse.Namespace) -> None:
    double = BotApiDouble(
        options.token,
        port=options.port,
        second=options.second,
        strangers_welcome=options.strangers,
        recording=not options.no_record,
    )
    async with double:
        sys.stdout.write(f"{double.url}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    main()

"""Let the judges hear the explorers at many random settings: python tests/judge.py [--settings 10000] [NAME ...].

Prints for each explorer how many settings were tried, how many sentences contradict the mathematics, and the first of
them. The exit status is 1 if one does.
"""

import argparse
import collections
import sys
import time

from judges import JUDGES
from judges.shared.judging import hear

LINE = "{name}: {count:,} settings in {seconds:.0f} s, {wrong} with a contradiction"
EXAMPLE = "    {settings}\n      “{sentence}”\n      {contradictions}"
KINDS = "    {count} × {kind}"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(JUDGES)}; default: all")
    options.add_argument("--settings", type=int, default=10_000, help="of each explorer (default: 10,000)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--examples", type=int, default=3, help="contradictions to print (default: 3)")
    options = options.parse_args()
    wrong = [try_explorer(JUDGES[name], options) for name in options.names or JUDGES]
    sys.exit(any(wrong))


def try_explorer(judge, options):
    """Hear one explorer, print what was found, and return how many sentences contradict."""
    explorer, begin = judge.explorer(), time.perf_counter()
    tried, wrong, kinds = 0, [], collections.Counter()
    for settings in (*judge.named_settings(), *judge.random_settings(options.settings, options.seed)):
        tried += 1
        sentence, contradictions = hear(explorer, judge, settings)
        if contradictions:
            wrong.append((settings, sentence, contradictions))
            kinds.update({contradictions[0][:60]})
    seconds = time.perf_counter() - begin
    print(LINE.format(name=judge.explorer.__name__, count=tried, seconds=seconds, wrong=len(wrong)))
    for kind, count in kinds.most_common(options.examples):
        print(KINDS.format(count=count, kind=kind))
    for settings, sentence, contradictions in wrong[: options.examples]:
        print(EXAMPLE.format(settings=settings, sentence=sentence, contradictions="; ".join(contradictions)))
    sys.stdout.flush()
    return len(wrong)


if __name__ == "__main__":
    main()

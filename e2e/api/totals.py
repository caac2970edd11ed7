"""Adds up JUnit reports: each case is an operation in a round."""

import sys
import xml.etree.ElementTree as tree

passed = failed = 0
for path in sys.argv[1:]:
    for case in tree.parse(path).getroot().iter("testcase"):
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"}:
            failed += 1
        elif "skipped" not in outcomes:
            passed += 1
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)

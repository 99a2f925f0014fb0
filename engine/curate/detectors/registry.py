"""Registry of detectors: the list that a scan runs, in this order.

To add a detector, write a `Detector` in this package, add its kinds to `engine.curate.finding.FindingKind`, its
reasons (`finding.*`) to the messages, its titles to `gui.state.finding_text`, and an instance to `DETECTORS`.
"""

from engine.curate.detectors.base import Detector
from engine.curate.detectors.duplicates import ExactDuplicates, NearDuplicates, SplitLeaks
from engine.curate.detectors.single_image import (
    NoneOfThese,
    OffTopic,
    Quality,
    SuspectLabels,
    Unreadable,
)

DETECTORS: tuple[Detector, ...] = (
    Unreadable(),
    ExactDuplicates(),
    OffTopic(),
    NoneOfThese(),
    SplitLeaks(),
    NearDuplicates(),
    SuspectLabels(),
    Quality(),
)

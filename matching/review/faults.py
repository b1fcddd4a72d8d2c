"""What may go wrong with a review, each with words fit to be shown."""

from collections.abc import Mapping


class ReviewNotPossible(Exception):
    """It cannot be done; ``words`` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class StepNotPossible(ReviewNotPossible):
    """Not in the state the review is in."""


class AlreadyClaimed(ReviewNotPossible):
    """Another advisor has it."""


class PatchNoLongerFits(ReviewNotPossible):
    """The list, the catalogue or the change itself is another by now. Nothing was changed."""


class PatchInvalid(Exception):
    """What is wrong with a proposed change, in words by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)

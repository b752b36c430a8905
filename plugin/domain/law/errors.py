"""What can go wrong when the law is asked."""

from plugin.domain.errors import Invalid, NotFound


class UnknownJurisdiction(NotFound):
    """The rulebook holds no law for this country; never guess another country's."""

    code = "unknown_jurisdiction"

    def __init__(self, jurisdiction: str) -> None:
        super().__init__({"jurisdiction": jurisdiction})


class UnknownSource(NotFound):
    """No source of this id is listed in `sources.json`."""

    code = "unknown_source"

    def __init__(self, source: str) -> None:
        super().__init__({"source": source})


class UnknownText(NotFound):
    """There are no words for this key in this language."""

    code = "unknown_legal_text"

    def __init__(self, language: str, key: str) -> None:
        super().__init__({"language": language, "key": key})


class MissingFact(Invalid):
    """The rule cannot be applied without this fact."""

    code = "missing_fact"

    def __init__(self, field: str) -> None:
        super().__init__({"field": field})


class MalformedFact(Invalid):
    """A fact is there but cannot be read as what it should be."""

    code = "malformed_fact"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__({"field": field, "expected": expected})


class BrokenRulebook(Invalid):
    """A data file of the rulebook does not have the shape its schema asks for."""

    code = "broken_rulebook"

    def __init__(self, jurisdiction: str, field: str) -> None:
        super().__init__({"jurisdiction": jurisdiction, "field": field})

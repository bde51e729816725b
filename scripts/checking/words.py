"""The flagged words, what to write instead, and the phrases that are allowed although they contain one.

Add a word here when a reader had to translate it. Measure it first: run `scripts/prose --words PATH` over a project of
plain English, such as the packages in .build/checkouts, and keep the word only if it is rare there.
"""

import re

# Each pattern is matched without regard to case against whole words. A space in it matches a line end as well.
FLAGGED = {
    # Verbs of people for what code, files and values do.
    r"says?|said|saying": "returns, reports, states, describes",
    r"tells?|told|telling": "returns, reports, distinguishes",
    r"speaks?|spoke|spoken": "uses, supports, reports",
    r"(?:is|are|be|stays?|stayed|keeps?|kept) silent": "reports nothing",
    r"stands?|stood|standing": "is, appears, is located",
    r"lies|lie|lain": "is, is located",
    r"come to lie|comes to lie": "is, is moved to",
    r"mend|mends|mended|mending": "fix, fixed",
    r"judges?|judged|judging": "evaluate, check, assess",
    r"becomes? of": "happens to",
    r"hand(?:s|ed|ing)? (?:over|out|in|back|on)": "pass, return, give",
    r"(?:take|takes|taken|took|taking|bring|brings|brought) along": "include, pass",
    r"(?:take|takes|taken|took|taking) (?:back|apart)": "revert, parse, split",
    r"(?:is|are|was|were|be|been|being) taken for|(?:takes?|took) (?:it|them|one|this) for": "treated as",
    r"(?:passed|passes|pass|gone|goes|go|looked) over": "skip, ignore",
    r"(?:look|looks|looked|looking) (?:at|through)": "inspect, check, examine, search",
    r"does without|do without": "does not need",
    r"mak(?:e|es|ing) (?:up )?one's|one's": "the, its",
    # Pronouns in place of a noun.
    r"nobody|no one": "no user, no caller, nothing",
    r"somebody": "a user, a caller, another program",
    r"anybody": "any user, any caller",
    r"whoever|whomever|whosoever": "the caller, clients, users",
    r"whatever|whichever|wherever": "any, regardless of, everywhere that",
    r"strangers?|stranger's": "untrusted user, unknown key",
    # Degrees and times.
    r"grave|graver|gravest|gravely": "severe, severity, risk level",
    r"dear|dearer": "expensive, slow",
    r"anew": "again",
    r"once more": "again",
    r"for good": "permanently",
    r"now and then": "periodically, occasionally",
    r"(?<!all )at once": "immediately, at the same time",
    r"from now on": "afterwards, from this point",
    r"all the same": "nevertheless, equal",
    r"so (?:many|long|often)(?! (?:that|as))": "the number of, that many",
    r"at least so|at most so|just so": "at or above",
    # Places and order.
    r"behind": "after, following",
    r"beside": "next to, with, in addition to",
    r"in front of": "preceding, before",
    r"one (?:after|behind) (?:another|the other)": "in sequence, consecutive",
    r"in (?:its|their) places?": "instead",
    r"in words": "as text",
    r"by words?": "by name",
    # Negation and existence.
    r"(?<!there )(?:is|are|was|were) none": "is not one, is not a valid X",
    r"(?<!there )(?:is|are|was|were) no(?! (?:longer|more|less|fewer|such|later|earlier|greater|larger|smaller|better|"
    r"worse|other|different|need|way|reason|effect|problem|doubt))": "is not a",
    r"makes? no": "does not make",
    r"nothing of|none of its": "no part of",
    r"what there (?:is|was|were|are)": "the base, the head, the existing content",
    r"there (?:is|are) to be": "is expected",
    r"to be had": "available",
    r"is to say|are to say": "should contain",
    r"(?:is|are|was|were|be) meant(?! (?:to|for|as)\b)": "intended",
    r"another one|other ones": "a different value, changed",
    r"by (?:itself|themselves|himself)": "automatically, on its own thread, separately",
    r"of (?:its|their|his|one's) own": "separate, its own X",
    r"a way out": "a remedy",
    r"(?:nil|empty|true|false|nothing|none|absent|unknown) where": "nil if, empty if",
    r"beyond doubt": "unambiguous",
    # Words of another century.
    r"shall": "must, will",
    r"ought": "should",
    r"whence|whither|wherein|therein|thereof|thereby|whereof": "from which, in which",
    r"albeit|lest|hitherto|forthwith|henceforth": "although, so that … not",
    r"alike": "in the same way",
    r"unlike any": "different from every",
    r"may be any(?= [a-z]+ there)": "can be any",
}

# Phrases in which a flagged word is the term of art, each with its reason.
ALLOWED = {
    r"behind (?:a|an|the|its|another|one) (?:\w+ )?(?:proxy|proxies|load balancer|firewall|NAT|gateway)": "networking",
    r"(?:commits?|revisions?|versions?) behind": "git's word for a branch that lacks commits",
    r"left behind|leaves? behind": "an idiom of plain English",
    r"standing (?:out|in)": "an idiom of plain English",
    r"stands? for|stood for": "an abbreviation stands for its long form",
    r"whatever happens": "an idiom of plain English",
    r"shall(?= (?:not )?be (?:liable|entitled))": "legal text",
    r"(?:can|cannot|could not) tell (?:what|whether|which|why)": "plain English for missing information",
    r"tells? (?:you|git|the client|the caller|users?)": "an instruction or a notification to somebody",
}

# A doc comment that opens with one of these describes a question, not the declaration.
OPENINGS = r"(?:What|Who|Whom|Whose|Where|When|Whether|Which|How|Why)"


def _pattern(alternatives):
    # A space matches any number, since blanked line ends leave several; one within a look-behind has to be one.
    parts = "|".join(re.sub(r"(\(\?<!.*?\))| ", lambda match: match[1] or " +", words) for words in alternatives)
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])", re.IGNORECASE)


def _joined(text):
    """Returns the text as one line of the same length, without the marks of comments."""
    return re.sub(r"\n[ \t]*(?://+|#+|\*(?= )|>)?|^//+|^#+", lambda match: " " * len(match[0]), text)


_FLAGGED = [(_pattern([words]), instead) for words, instead in FLAGGED.items()]
_ANY_FLAGGED = _pattern(FLAGGED)
_ALLOWED = _pattern(ALLOWED)


def flagged(text):
    """Returns the flagged words of a text: their offset, the words, and what to write instead."""
    text = _joined(text)
    if not _ANY_FLAGGED.search(text):
        return []
    allowed = [match.span() for match in _ALLOWED.finditer(text)]
    found = {}
    for pattern, instead in _FLAGGED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(first <= start and end <= last for first, last in allowed):
                found.setdefault(start, (" ".join(match.group().split()), instead))
    return [(start, words, instead) for start, (words, instead) in sorted(found.items())]


def opening(text):
    """Returns the question word that a doc comment opens with, or None."""
    match = re.match(OPENINGS + r"\b", text.lstrip())
    return match and match.group()

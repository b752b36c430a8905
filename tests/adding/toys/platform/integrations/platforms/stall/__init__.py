"""A market stall that writes its orders on slips of paper."""

from integrations.platforms.stall.translate import StallTranslator
from plugin.ports.platform import Translator

TRANSLATOR: Translator = StallTranslator()

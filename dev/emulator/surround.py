"""Puts a rule in the place of a function of ministack's."""

import functools

from known_ministack import FUNCTIONS, module_and_name


class Rule:
    """`apply` is called with the function it surrounds, then with that function's own arguments."""

    def __init__(self, function, apply):
        assert function in FUNCTIONS, function
        self.function = function
        self.apply = apply


def surround(rule):
    module, name = module_and_name(rule.function)
    inner = getattr(module, name)

    @functools.wraps(inner)
    def surrounded(*args, **kwargs):
        return rule.apply(inner, *args, **kwargs)

    setattr(module, name, surrounded)

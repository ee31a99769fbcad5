"""What the benchmark's students type: functions that can be read, mistakes that cannot, never one twice."""

import random

import pytest

from tests.benchmarks import typed


@pytest.mark.parametrize(
    ("variables", "template"), [(many, template) for many, all_ in typed.GOOD.items() for template in all_]
)
def test_every_template_is_a_function(variables, template):
    texts = [typed.filled(template, random.Random(seed)) for seed in range(20)]
    assert all(typed.readable(text, variables) for text in texts)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("template", typed.WRONG)
@pytest.mark.parametrize("variables", typed.VARIABLES)
def test_every_mistake_is_one(variables, template):
    assert not typed.readable(typed.filled(template, random.Random(0)), variables)

"""Which cells use a stand-in model: followed through names, functions and loops, and not further."""

from __future__ import annotations

import pytest

from site_builder.execute.stand_ins.stand_in_reach import reached
from site_builder.model.run import CellTask

MODELS = frozenset({"someone/tiny", "someone/small"})
PIPE = "pipe = pipeline('task', model='someone/tiny')"


def reach(*cells: str, offline: bool = True) -> set[int]:
    return set(reached([CellTask("", each) for each in cells], MODELS, offline=offline))


@pytest.mark.parametrize(
    "load",
    [
        "pipe = pipeline('task', model='someone/tiny')",
        "pipe = pipeline('task', 'someone/tiny')",
        "pipe = pipeline('task')",
        "pipe = pipeline(model=chosen)",
        "name = 'someone/tiny'\npipe = transformers.pipeline('task', model=name)",
        "pipe = AutoModel.from_pretrained('someone/tiny').to(device)",
        "pipe = SentenceThing('someone/small')",
        "pipe, other = Model.from_pretrained('someone/tiny'), 3",
        "with Model.from_pretrained('someone/tiny') as pipe: pass",
        "pipe: object = Model.from_pretrained('someone/tiny')",
        "print(pipe := pipeline('task'))",
        "def load(name):\n    return pipeline('task', model=name)\npipe = load('x')",
        "%time pipe = pipeline('task', model='someone/tiny')",
        "%%time\npipe = pipeline('task', model='someone/tiny')",
        "if cuda:\n    pipe = pipeline('task')\nelse:\n    pipe = None",
        "try:\n    pipe = pipeline('task')\nexcept OSError:\n    pipe = None",
        "pipe = requests.post(address, json={}).json()",
        "pipe = Agent('https://example.org/model')",
    ],
)
def test_what_is_loaded_is_a_stand_in(load: str) -> None:
    assert reach(load, "pipe(1)", "1 + 1") == {0, 1}


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        ("out = pipe(sound)", "out"),
        ("out = pipe(sound)['text']", "out.upper()"),
        ("a, (b, *out) = pipe(sound)", "out"),
        ("out = ''\nout += pipe(sound)", "out"),
        ("out = []\nfor each in pipe(sounds):\n    out.append(each)", "len(out)"),
        ("out = [pipe(each) for each in sounds]", "out"),
        ("out = {}\nout['x'] = pipe(sound)", "out"),
        ("class Box: pass\nout = Box()\nout.value = pipe(sound)", "out.value"),
        ("def out(sound):\n    return pipe(sound)", "out(1)"),
        ("out = lambda sound: pipe(sound)", "out(1)"),
        ("class Out:\n    def run(self):\n        return pipe(1)", "Out().run()"),
        ("def inner():\n    return pipe(1)\ndef out():\n    return inner()", "out()"),
        ("out = dataset.map(lambda row: pipe(row))", "out"),
        ("out = score(predictions=pipe(sounds))", "f'{out:.2f}'"),
        ("out = 'no'\nif pipe(sound) == 'yes':\n    out = 'yes'", "out"),
        ("i = 0\nout = last = ''\nwhile i < 9:\n    out = last\n    last = pipe(i)\n    i += 1", "out"),
        ("def step():\n    global out\n    out = pipe(1)\nstep()", "out"),
        ("out = []\ndef keep():\n    out.append(pipe(1))\nkeep()", "out"),
        ("pipe(sound)", "_"),
        ("pipe(sound)", "Out[2]"),
        ("out = pipe", "this does not parse with out"),
        ("out = pipe(1)", "%timeit out"),
        ("out = pipe(1)", "!echo {out}"),
    ],
)
def test_it_is_followed_from_name_to_name(way: str, shown: str) -> None:
    assert 2 in reach(PIPE, way, shown)
    assert 2 not in reach("pipe = len", way, shown)


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        ("pipe = 3", "pipe"),
        ("del pipe", "pipe"),
        ("import numpy as np\nnumbers = np.asarray(pipe(1))", "np.zeros(3)"),
        ("def say(pipe):\n    return pipe", "say(1)"),
        ("def say():\n    pipe = 1\n    return pipe", "say()"),
        ("rate = pipe.feature_extractor.sampling_rate", "rate"),
        ("words = [pipe for pipe in 'abc']", "words"),
        ("wrong = metric.compute(pipe(1))", "metric.compute('a')"),
        ("def out():\n    return pipe(1)\ndef out():\n    return 1", "out()"),
        ("text = 'pipe'", "print('pipe', text)"),
        ("for pipe in range(3):\n    pass", "pipe"),
    ],
)
def test_and_not_further(way: str, shown: str) -> None:
    assert 2 not in reach(PIPE, way, shown)


def test_names_of_models_alone_are_no_models() -> None:
    assert (
        reach("name = 'someone/tiny'", "print('someone/tiny')", "settings = {'from': 'someone/tiny'}")
        == set()
    )


def test_feature_extractors_and_data_are_no_models() -> None:
    assert (
        reach("AutoFeatureExtractor.from_pretrained('someone/tiny')(sound)", "load_dataset('someone/data')")
        == set()
    )


def test_with_a_network_only_the_stand_ins_stand_in() -> None:
    real = (
        "pipeline('task', model='real/one')",
        "Model.from_pretrained('real/one')",
        "requests.get('https://x.org')",
    )
    assert reach(*real, offline=False) == set()
    assert reach(*real) == {0, 1, 2}
    assert reach("pipeline('task')", "pipeline('task', model='someone/tiny')", offline=False) == {0, 1}


def test_a_cell_that_is_not_run_changes_nothing() -> None:
    cells = [CellTask("", PIPE, skip="its fence says `no-run`"), CellTask("", "pipe")]
    assert reached(cells, MODELS) == frozenset()


def test_odd_code_is_followed_without_a_crash() -> None:
    deep = "x = " + "(" * 500 + ")" * 500
    odd = "async def f():\n    async with a as b, c:\n        async for d in e:\n            await d\nmatch f:\n    case [x, *y]:\n        z = y"
    assert (
        reach(
            deep,
            "(" * 5000,
            odd,
            "",
            "%",
            "def f(*, a=1, **b): yield from a",
            "*a, b = c",
            "x[:] = y[1:2] = z",
            "\0",
        )
        == set()
    )
    assert reach("+".join(["1"] * 3000)) <= {0}

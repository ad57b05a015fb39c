"""Vectors are embedded once, come back as they were, and no file can spoil a start."""

import signal
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from bot.search.embedding import NoEmbedder
from bot.search.vectors import VectorStore
from tests.search.small import WordVectors

ROOT = Path(__file__).parents[2]
TEXTS = [f"вопрос {number} про патент" for number in range(20)]


def learnt(texts: list[str] = TEXTS) -> VectorStore:
    store = VectorStore(WordVectors())
    store.learn(texts)
    return store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.npz"


def test_a_text_is_embedded_once() -> None:
    embedder = WordVectors()
    store = VectorStore(embedder)
    assert store.learn(["виза", "патент", "виза"]) == 2
    assert store.learn(["патент", "карта"]) == 1
    assert store.learn(["виза"]) == 0
    assert embedder.embedded == ["виза", "патент", "карта"]


def test_progress_hears_of_every_slice() -> None:
    told: list[tuple[int, int]] = []
    VectorStore(WordVectors()).learn(TEXTS, lambda done, total: told.append((done, total)))
    assert told == [(8, 20), (16, 20), (20, 20)]


def test_what_was_embedded_before_a_stop_is_kept() -> None:
    def stop(done: int, _total: int) -> None:
        if done == 16:
            raise KeyboardInterrupt

    store = VectorStore(WordVectors())
    with pytest.raises(KeyboardInterrupt):
        store.learn(TEXTS, stop)
    assert store.missing(TEXTS) == TEXTS[16:]


def test_vectors_are_those_of_the_model_within_a_step() -> None:
    wanted = WordVectors().embed(TEXTS)
    cosines = (learnt().of(TEXTS) * wanted).sum(axis=1)
    assert cosines.min() > 0.998
    assert np.linalg.norm(learnt().of(TEXTS), axis=1) == pytest.approx(1, abs=1e-6)


def test_of_an_unknown_text_there_are_zeros() -> None:
    assert not learnt().of(["неизвестное"]).any()
    assert learnt().of([]).shape == (0, WordVectors.dimension)


def test_a_restart_changes_no_vector(file: Path) -> None:
    store = learnt()
    store.save(file, TEXTS)
    again = VectorStore(WordVectors(), [file])
    assert again.missing(TEXTS) == []
    assert np.array_equal(again.of(TEXTS), store.of(TEXTS))

    again.save(file, TEXTS)
    assert np.array_equal(VectorStore(WordVectors(), [file]).of(TEXTS), store.of(TEXTS))


def test_texts_that_an_edition_dropped_are_dropped_from_the_file(file: Path) -> None:
    learnt().save(file, [*TEXTS[:5], "never learnt"])
    again = VectorStore(WordVectors(), [file])
    assert again.missing([*TEXTS, "never learnt"]) == [*TEXTS[5:], "never learnt"]


def test_nothing_known_makes_a_file_of_nothing(file: Path) -> None:
    VectorStore(WordVectors()).save(file, TEXTS)
    assert VectorStore(WordVectors(), [file]).missing(TEXTS) == TEXTS


def test_files_are_read_in_order_and_add_up(tmp_path: Path) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    learnt().save(first, TEXTS[:10])
    learnt().save(second, TEXTS[8:15])
    store = VectorStore(WordVectors(), [first, tmp_path / "missing.npz", second])
    assert store.missing(TEXTS) == TEXTS[15:]


def test_a_file_cut_anywhere_counts_as_empty(file: Path) -> None:
    learnt().save(file, TEXTS)
    whole = file.read_bytes()
    for end in range(0, len(whole), 10):
        file.write_bytes(whole[:end])
        assert VectorStore(WordVectors(), [file]).missing(TEXTS) == TEXTS, end


def test_a_file_spoiled_anywhere_is_right_or_counts_as_empty(file: Path) -> None:
    store = learnt()
    store.save(file, TEXTS)
    whole = file.read_bytes()
    for at in range(0, len(whole), 5):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        read = VectorStore(WordVectors(), [file])
        assert read.missing(TEXTS) == TEXTS or np.array_equal(read.of(TEXTS), store.of(TEXTS)), at


def as_bytes(**arrays: object) -> bytes:
    out = BytesIO()
    np.savez(out, **{name: np.asarray(array) for name, array in arrays.items()})  # type: ignore[arg-type]
    return out.getvalue()


def one_array() -> bytes:
    out = BytesIO()
    np.save(out, np.zeros(3))
    return out.getvalue()


KEYS = np.zeros((2, 12), dtype=np.uint8)
ROWS = np.ones((2, WordVectors.dimension), dtype=np.int8)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"not an archive",
        one_array(),
        as_bytes(keys=KEYS, vectors=ROWS),
        as_bytes(name="word vectors", keys=KEYS, vectors=ROWS[:1]),
        as_bytes(name="word vectors", keys=KEYS, vectors=ROWS[:, :5]),
        as_bytes(name="word vectors", keys=KEYS[:, :5], vectors=ROWS),
        as_bytes(name="word vectors", keys=KEYS, vectors=ROWS.astype(np.float32)),
        as_bytes(name="word vectors", keys=np.uint8(0), vectors=np.int8(0)),
        as_bytes(name="another model", keys=KEYS, vectors=ROWS),
    ],
    ids=[
        "empty", "text", "one-array", "no-name", "rows-missing", "short-rows", "short-keys", "floats", "no-rows", "model",
    ],
)  # fmt: skip
def test_what_is_not_such_a_file_counts_as_empty(file: Path, stored: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(stored)
    assert VectorStore(WordVectors(), [file, file.parent]).learn(TEXTS) == len(TEXTS)


def test_vectors_of_another_model_are_not_used(file: Path) -> None:
    learnt().save(file, TEXTS)
    assert VectorStore(WordVectors("another"), [file]).missing(TEXTS) == TEXTS


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="cache"):
        learnt().save(tmp_path / "cache" / "vectors.npz", TEXTS)


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt().save(file, TEXTS[:5])

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    for step in ("os.replace", "numpy.savez_compressed"):
        with monkeypatch.context() as broken, pytest.raises(OSError, match="No space"):
            broken.setattr(step, full)
            learnt().save(file, TEXTS)
        assert VectorStore(WordVectors(), [file]).missing(TEXTS) == TEXTS[5:]
        assert [one.name for one in file.parent.iterdir()] == ["vectors.npz"]


KILLED = """
import os, sys
from pathlib import Path
from tests.search.test_vectors import TEXTS, learnt

os.replace = lambda *_: os.kill(os.getpid(), 9)
learnt().save(Path(sys.argv[1]), TEXTS)
"""


def test_a_process_killed_while_it_saves_spoils_nothing(file: Path) -> None:
    learnt().save(file, TEXTS[:5])
    child = subprocess.run([sys.executable, "-c", KILLED, file], check=False, cwd=ROOT)
    assert child.returncode == -signal.SIGKILL
    assert len(list(file.parent.iterdir())) == 2  # the file, and what the dead process left behind
    assert VectorStore(WordVectors(), [file]).missing(TEXTS) == TEXTS[5:]
    learnt().save(file, TEXTS)
    assert VectorStore(WordVectors(), [file]).missing(TEXTS) == []


def test_threads_ask_while_one_learns() -> None:
    store, wanted = VectorStore(WordVectors()), learnt().of(TEXTS)
    is_done = threading.Event()
    wrong: list[str] = []

    def ask() -> None:
        while True:
            is_last = is_done.is_set()
            for row, right in zip(store.of(TEXTS), wanted, strict=True):
                # Nothing yet, or all of it; never a half.
                if row.any() and not np.array_equal(row, right):
                    wrong.append("half a vector")
            if is_last:
                break

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    store.learn(TEXTS)
    is_done.set()
    for asker in askers:
        asker.join()
    assert wrong == []
    assert np.array_equal(store.of(TEXTS), wanted)


def test_without_a_model_there_is_nothing_to_learn() -> None:
    store = VectorStore(NoEmbedder())
    assert store.missing(TEXTS) == []
    assert store.learn(TEXTS) == 0
    assert store.of(TEXTS).shape == (len(TEXTS), 0)

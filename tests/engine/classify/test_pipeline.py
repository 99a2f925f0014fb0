"""The read pipeline, with real files, a real network and a real cache."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import CLASSES, make_tiny_bundle, picture

from engine.classify.bundle import Bundle
from engine.classify.reading_cache import ReadingCache
from engine.classify.devices import choose
from engine.classify.pipeline import ReadOrder, read
from engine.classify.reading import Outputs, Reading
from engine.classify.runtime import open_runtime
from engine.images.record import ImageRecord, Picture
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem, render


class Counting:
    """The runtime it is given, with a count of the images that reach the network."""

    def __init__(self, runtime):
        self.images = 0
        self.device = runtime.device
        self.batch_size = runtime.batch_size
        self._runtime = runtime

    def stream(self, batches, job=None):
        def counted():
            for key, pixels in batches:
                self.images += len(pixels)
                yield key, pixels

        return self._runtime.stream(counted(), job)

    def close(self):
        self._runtime.close()


class Drawn:
    """A source without files: image `number` shows class `number`, after as long as `delay` says."""

    root = Path("drawn")

    def __init__(self, delay=0.0):
        self.delay = delay
        self.loaded = []

    def records(self, count):
        return [ImageRecord(str(number), None, None, 1, 1) for number in range(count)]

    def load(self, record):
        time.sleep(self.delay)
        self.loaded.append(record.path)
        number = int(record.path)
        return Picture(picture(number % len(CLASSES), 40, seed=number), f"{number:064x}")


class Collected(Job):
    """A job that keeps its partial results and when they came."""

    def __init__(self, then=None):
        super().__init__(self._progress, self._partial)
        self.parts = []
        self.times = []
        self.reports = []
        self._then = then

    @property
    def results(self):
        return {record.path: result for part in self.parts for record, result in part}

    @property
    def paths(self):
        return [record.path for part in self.parts for record, _ in part]

    def _progress(self, report):
        self.reports.append(report)

    def _partial(self, part):
        self.parts.append(part)
        self.times.append(time.monotonic())
        if self._then:
            self._then(self)


@pytest.fixture
def counting(runtime):
    return Counting(runtime)


def scanned(source):
    return list(source.scan(Job()))


def predicted(card, result):
    return int(result.probabilities(card.calibration.temperature).argmax())


def test_every_image_is_read_once_and_right(make_images, counting, tiny):
    source = open_source(make_images(100))
    records = scanned(source)
    job = Collected()
    summary = read(job, source, records, counting, tiny.card)
    assert sorted(job.paths) == sorted(record.path for record in records)
    for number, record in enumerate(records):
        assert predicted(tiny.card, job.results[record.path]) == number % len(CLASSES)
    assert (summary.read, summary.cached, summary.same, summary.bad) == (100, 0, 0, 0)
    assert summary.total == counting.images == 100
    assert summary.images_per_second == pytest.approx(100 / summary.seconds)
    assert summary.maps_agree


def test_a_reading_has_the_types_and_shapes_it_promises(make_images, runtime, tiny):
    source = open_source(make_images(3))
    job = Collected()
    read(job, source, scanned(source), runtime, tiny.card)
    for reading in job.results.values():
        assert (reading.logits.dtype, reading.logits.shape) == (np.float32, (8,))
        assert (reading.embedding.dtype, reading.embedding.shape) == (np.float16, (3,))
        assert (reading.maps.dtype, reading.maps.shape) == (np.float16, (4, 4, 8))
        assert reading.probabilities(1.0).sum() == pytest.approx(1, abs=1e-6)


def test_nothing_to_read(runtime, tiny):
    job = Collected()
    assert read(job, Drawn(), [], runtime, tiny.card).total == 0
    assert job.parts == []


def test_a_bad_image_is_a_message_and_stops_nothing(make_images, runtime, tiny):
    folder = make_images(40)
    bad = [folder / f"{number:04}.png" for number in (0, 13, 39)]
    bad[0].write_bytes(b"no image")
    bad[1].write_bytes(bad[1].read_bytes()[:200])
    source = open_source(folder)
    records = scanned(source)
    bad[2].unlink()
    job = Collected()
    summary = read(job, source, records, runtime, tiny.card)
    assert (summary.read, summary.bad) == (37, 3)
    for path in bad:
        message = job.results[path.name]
        assert isinstance(message, Message)
        assert render(message)


def test_a_decoder_that_fails_in_its_own_way_stops_nothing(runtime, tiny):
    class Odd(Drawn):
        def load(self, record):
            if record.path == "3":
                raise ZeroDivisionError("what an odd file")
            return super().load(record)

    job = Collected()
    summary = read(job, Odd(), Odd().records(10), runtime, tiny.card)
    assert (summary.read, summary.bad) == (9, 1)
    assert "odd file" in render(job.results["3"])


def test_a_number_that_is_none_is_a_message(runtime, tiny):
    class Broken(Counting):
        def stream(self, batches, job=None):
            for key, outputs in super().stream(batches, job):
                logits = outputs.logits.copy()
                logits[0, 0] = np.nan
                yield key, replace(outputs, logits=logits)

    job = Collected()
    summary = read(job, Drawn(), Drawn().records(20), Broken(runtime), tiny.card)
    assert summary.read + summary.bad == 20
    assert summary.bad == sum(isinstance(result, Message) for result in job.results.values()) > 1
    assert job.results["0"].id == "read.not_finite"
    render(job.results["0"])


def test_maps_that_do_not_add_up_are_told(runtime, tiny):
    class Other(Counting):
        def stream(self, batches, job=None):
            for key, outputs in super().stream(batches, job):
                yield key, Outputs(outputs.logits, outputs.embedding, outputs.maps * 2)

    assert not read(Collected(), Drawn(), Drawn().records(9), Other(runtime), tiny.card).maps_agree


def test_the_second_time_nothing_is_decoded_or_inferred(make_images, counting, tiny):
    source = open_source(make_images(60))
    records = [replace(record, mtime_ns=1_000) for record in scanned(source)]
    with ReadingCache(tiny.card) as cache:
        first = Collected()
        read(first, source, records, counting, tiny.card, cache)
    assert counting.images == 60

    source.load = lambda record: pytest.fail("decoded again")
    with ReadingCache(tiny.card) as cache:
        again = Collected()
        summary = read(again, source, records, counting, tiny.card, cache)
    assert counting.images == 60
    assert (summary.read, summary.cached) == (0, 60)
    for path, reading in first.results.items():
        for name in ("logits", "embedding", "maps"):
            np.testing.assert_array_equal(
                getattr(again.results[path], name), getattr(reading, name)
            )


def test_a_renamed_file_is_known_by_its_content_and_a_changed_one_is_read(
    make_images, counting, tiny, tmp_path
):
    folder = make_images(20)
    source = open_source(folder)
    with ReadingCache(tiny.card) as cache:
        read(Collected(), source, scanned(source), counting, tiny.card, cache)
        folder.rename(tmp_path / "renamed")
        source = open_source(tmp_path / "renamed")
        assert read(Job(), source, scanned(source), counting, tiny.card, cache).cached == 20
        Image.fromarray(picture(5, 44, seed=77)).save(tmp_path / "renamed" / "0000.png")
        job = Collected()
        summary = read(job, source, scanned(source), counting, tiny.card, cache)
    assert (summary.read, summary.cached) == (1, 19)
    assert predicted(tiny.card, job.results["0000.png"]) == 5


def test_duplicates_of_a_run_are_inferred_once(counting, tiny):
    class Same(Drawn):
        def load(self, record):
            return Picture(picture(4, 40), "ab" * 32)

    job = Collected()
    summary = read(job, Same(), Same().records(10), counting, tiny.card)
    assert counting.images == 1
    assert (summary.read, summary.same) == (1, 9)
    assert {predicted(tiny.card, result) for result in job.results.values()} == {4}


def test_the_first_result_comes_early_and_the_others_not_too_often(runtime, tiny):
    job = Collected()
    source = Drawn(delay=0.004)
    began = time.monotonic()
    read(job, source, source.records(400), runtime, tiny.card)
    took = time.monotonic() - began
    assert job.times[0] - began < took / 2
    assert len(job.parts) <= 2 + took / 0.05
    assert [report.done for report in job.reports] == list(np.cumsum([len(p) for p in job.parts]))
    assert {report.total for report in job.reports} == {400}
    assert all(render(report.message) for report in job.reports)


def test_the_first_result_waits_for_few_images(runtime, tiny):
    source = Drawn(delay=0.1)
    loaded = []
    job = Collected(then=lambda job: loaded.append(len(source.loaded)))
    read(job, source, source.records(40), runtime, tiny.card)
    assert loaded[0] <= 3 + 8  # and what the other threads decoded meanwhile


def test_what_a_person_looks_at_is_read_next(runtime, tiny):
    source = Drawn()
    order = ReadOrder()
    seen = ["391", "392", "393", "not there"]
    job = Collected(then=lambda job: order.prioritise(seen) if len(job.parts) == 1 else None)
    read(job, source, source.records(400), runtime, tiny.card, None, order)
    # What was under way before may come first, no more.
    assert max(source.loaded.index(path) for path in seen[:3]) < 200
    assert sorted(job.paths, key=int) == [str(number) for number in range(400)]
    assert len(order) == 0


def test_memory_stays_bounded_however_slow_the_network_is(runtime, tiny):
    waiting = []

    class Slow(Counting):
        def stream(self, batches, job=None):
            for key, outputs in super().stream(batches, job):
                time.sleep(0.02)
                waiting.append(len(source.loaded) - self.images)
                yield key, outputs

    source = Drawn()
    read(Collected(), source, source.records(600), Slow(runtime), tiny.card)
    assert max(waiting) <= 2 * (8 + runtime.batch_size)


def test_cancel_stops_at_once_and_leaves_no_thread(tiny, runtime):
    source = Drawn(delay=0.05)
    job = Collected(then=lambda job: job.cancel())
    began = time.monotonic()
    with pytest.raises(Cancelled):
        read(job, source, source.records(100_000), runtime, tiny.card)
    assert time.monotonic() - job.times[0] < 0.5
    assert time.monotonic() - began < 5
    assert len(job.parts) == 1
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_cancel_while_the_network_works(tmp_path):
    bundle = Bundle.open(make_tiny_bundle(tmp_path / "slow", size=256, slow=8))
    runtime = open_runtime(bundle, choose("cpu"), Job())
    source = Drawn()
    job = Job()
    threading.Timer(0.3, job.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        read(job, source, source.records(1000), runtime, bundle.card)
    assert time.monotonic() - began < 3
    runtime.close()


def test_what_was_read_before_a_cancel_is_kept(tiny, counting):
    source = Drawn()
    job = Collected(then=lambda job: job.cancel() if len(job.paths) > 20 else None)
    with pytest.raises(Cancelled), ReadingCache(tiny.card) as cache:
        read(job, source, source.records(100_000), counting, tiny.card, cache)
    with ReadingCache(tiny.card) as cache:
        assert all(cache.get(f"{int(path):064x}") for path in job.paths)


def test_a_device_that_fails_is_the_end(runtime, tiny):
    class Failing(Counting):
        def stream(self, batches, job=None):
            yield next(super().stream(batches, job))
            raise Problem("device.failed", name="x", reason="y")

    with pytest.raises(Problem, match="x failed"):
        read(Collected(), Drawn(), Drawn().records(100), Failing(runtime), tiny.card)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_a_cache_that_is_of_no_use_is_done_without(tiny, counting, tmp_path):
    (tmp_path / "file").touch()
    with ReadingCache(tiny.card, tmp_path / "file" / "readings.sqlite") as cache:
        assert cache.note is not None
        summary = read(Collected(), Drawn(), Drawn().records(10), counting, tiny.card, cache)
    assert summary.read == 10


def test_a_hundred_thousand_records_cost_little(tiny, runtime, monkeypatch):
    """All but the first come from the cache: what is measured is the way of a record through it."""

    class Full:
        note = None
        reading = Reading(
            np.ones(8, np.float32), np.ones(3, np.float16), np.ones((4, 4, 8), np.float16)
        )

        def recall(self, root, record):
            return None if record.path == "0" else self.reading

        def remember(self, root, record, content): ...
        def get(self, content): ...
        def put(self, content, reading): ...
        def flush(self): ...

    source = Drawn()
    records = source.records(100_000)
    began = time.monotonic()
    summary = read(Collected(), source, records, runtime, tiny.card, Full())
    assert summary.cached == 99_999
    assert time.monotonic() - began < 10  # measured 0.4 s


class TestReadOrder:
    def records(self, *paths):
        return [ImageRecord(path, None, None, 0, 0) for path in paths]

    def rest(self, order):
        taken = []
        while record := order.take():
            taken.append(record.path)
        return "".join(taken)

    def test_it_is_the_order_of_the_records(self):
        assert self.rest(ReadOrder(self.records(*"abc"))) == "abc"

    def test_what_is_asked_for_goes_first_and_the_last_asking_counts(self):
        order = ReadOrder(self.records(*"abcdef"))
        order.prioritise("fe")
        assert order.take().path == "f"
        order.prioritise("dc")
        assert self.rest(order) == "dcabe"

    def test_what_is_done_or_unknown_is_not_asked_for_again(self):
        order = ReadOrder(self.records(*"abc"))
        order.take()
        order.prioritise(["a", "x", "c"])
        assert len(order) == 2
        assert self.rest(order) == "cb"

    def test_a_record_can_be_asked_for_before_it_is_added(self):
        order = ReadOrder()
        order.prioritise("b")
        order.extend(self.records(*"ab"))
        assert self.rest(order) == "ba"

    def test_a_record_added_twice_is_taken_once(self):
        order = ReadOrder(self.records(*"aba"))
        order.extend(self.records("b"))
        assert self.rest(order) == "ab"

    def test_many_threads_take_each_record_once(self):
        paths = [str(number) for number in range(5000)]
        order = ReadOrder(self.records(*paths))
        taken = []

        def take():
            while record := order.take():
                taken.append(record.path)
                order.prioritise(paths[-50:])

        threads = [threading.Thread(target=take) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken) == sorted(paths)

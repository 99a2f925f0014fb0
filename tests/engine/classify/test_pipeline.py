"""The inference pipeline with real files, a real network and a real cache."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import CLASSES, class_image, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.pipeline import read_images
from engine.classify.read_queue import ReadQueue
from engine.classify.reading import NetworkOutputs, Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.images.record import ImageRecord, LoadedImage
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem, render


class CountingRuntime:
    """A runtime that counts the images that reach the network."""

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


class DrawnSource:
    """A source without files: image `number` shows class `number`, loaded after `delay` seconds."""

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
        return LoadedImage(class_image(number % len(CLASSES), 40, seed=number), f"{number:064x}")


class CollectingJob(Job):
    """A job that collects its partial results and their times."""

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
    return CountingRuntime(runtime)


def scan_images(source):
    return list(source.scan(Job()))


def predicted(card, result):
    return int(result.logits.argmax())


def test_every_image_is_read_once_and_correctly(make_images, counting, tiny):
    source = open_source(make_images(100))
    records = scan_images(source)
    job = CollectingJob()
    summary = read_images(job, source, records, counting, tiny.card)
    assert sorted(job.paths) == sorted(record.path for record in records)
    for number, record in enumerate(records):
        assert predicted(tiny.card, job.results[record.path]) == number % len(CLASSES)
    assert (summary.read, summary.cached, summary.duplicates, summary.bad) == (100, 0, 0, 0)
    assert summary.total == counting.images == 100
    assert summary.images_per_second == pytest.approx(100 / summary.seconds)
    assert summary.maps_agree


def test_reading_has_the_documented_types_and_shapes(make_images, runtime, tiny):
    source = open_source(make_images(3))
    job = CollectingJob()
    read_images(job, source, scan_images(source), runtime, tiny.card)
    for reading in job.results.values():
        assert (reading.logits.dtype, reading.logits.shape) == (np.float32, (8,))
        assert (reading.embedding.dtype, reading.embedding.shape) == (np.float16, (3,))
        assert (reading.maps.dtype, reading.maps.shape) == (np.float16, (4, 4, 8))


def test_no_records_give_an_empty_summary(runtime, tiny):
    job = CollectingJob()
    assert read_images(job, DrawnSource(), [], runtime, tiny.card).total == 0
    assert job.parts == []


def test_bad_image_gives_a_message(make_images, runtime, tiny):
    folder = make_images(40)
    bad = [folder / f"{number:04}.png" for number in (0, 13, 39)]
    bad[0].write_bytes(b"no image")
    bad[1].write_bytes(bad[1].read_bytes()[:200])
    source = open_source(folder)
    records = scan_images(source)
    bad[2].unlink()
    job = CollectingJob()
    summary = read_images(job, source, records, runtime, tiny.card)
    assert (summary.read, summary.bad) == (37, 3)
    for path in bad:
        message = job.results[path.name]
        assert isinstance(message, Message)
        assert render(message)


def test_unexpected_decoder_error_gives_a_message(runtime, tiny):
    class Odd(DrawnSource):
        def load(self, record):
            if record.path == "3":
                raise ZeroDivisionError("what an odd file")
            return super().load(record)

    job = CollectingJob()
    summary = read_images(job, Odd(), Odd().records(10), runtime, tiny.card)
    assert (summary.read, summary.bad) == (9, 1)
    assert "odd file" in render(job.results["3"])


def test_non_finite_logits_give_a_message(runtime, tiny):
    class Broken(CountingRuntime):
        def stream(self, batches, job=None):
            for key, outputs in super().stream(batches, job):
                logits = outputs.logits.copy()
                logits[0, 0] = np.nan
                yield key, replace(outputs, logits=logits)

    job = CollectingJob()
    summary = read_images(job, DrawnSource(), DrawnSource().records(20), Broken(runtime), tiny.card)
    assert summary.read + summary.bad == 20
    assert summary.bad == sum(isinstance(result, Message) for result in job.results.values()) > 1
    assert job.results["0"].id == "read.not_finite"
    render(job.results["0"])


def test_maps_that_do_not_match_the_logits_are_reported(runtime, tiny):
    class Other(CountingRuntime):
        def stream(self, batches, job=None):
            for key, outputs in super().stream(batches, job):
                yield key, NetworkOutputs(outputs.logits, outputs.embedding, outputs.maps * 2)

    assert not read_images(
        CollectingJob(), DrawnSource(), DrawnSource().records(9), Other(runtime), tiny.card
    ).maps_agree


def test_second_run_uses_the_cache(make_images, counting, tiny):
    source = open_source(make_images(60))
    records = [replace(record, mtime_ns=1_000) for record in scan_images(source)]
    with ReadingCache(tiny.card) as cache:
        first = CollectingJob()
        read_images(first, source, records, counting, tiny.card, cache)
    assert counting.images == 60

    source.load = lambda record: pytest.fail("decoded again")
    with ReadingCache(tiny.card) as cache:
        again = CollectingJob()
        summary = read_images(again, source, records, counting, tiny.card, cache)
    assert counting.images == 60
    assert (summary.read, summary.cached) == (0, 60)
    for path, reading in first.results.items():
        for name in ("logits", "embedding", "maps"):
            np.testing.assert_array_equal(
                getattr(again.results[path], name), getattr(reading, name)
            )


def test_renamed_file_is_cached_and_changed_file_is_read(make_images, counting, tiny, tmp_path):
    folder = make_images(20)
    source = open_source(folder)
    with ReadingCache(tiny.card) as cache:
        read_images(CollectingJob(), source, scan_images(source), counting, tiny.card, cache)
        folder.rename(tmp_path / "renamed")
        source = open_source(tmp_path / "renamed")
        assert (
            read_images(Job(), source, scan_images(source), counting, tiny.card, cache).cached == 20
        )
        Image.fromarray(class_image(5, 44, seed=77)).save(tmp_path / "renamed" / "0000.png")
        job = CollectingJob()
        summary = read_images(job, source, scan_images(source), counting, tiny.card, cache)
    assert (summary.read, summary.cached) == (1, 19)
    assert predicted(tiny.card, job.results["0000.png"]) == 5


def test_duplicates_are_inferred_once(counting, tiny):
    class Same(DrawnSource):
        def load(self, record):
            return LoadedImage(class_image(4, 40), "ab" * 32)

    job = CollectingJob()
    summary = read_images(job, Same(), Same().records(10), counting, tiny.card)
    assert counting.images == 1
    assert (summary.read, summary.duplicates) == (1, 9)
    assert {predicted(tiny.card, result) for result in job.results.values()} == {4}


def test_results_come_early_and_not_too_often(runtime, tiny):
    job = CollectingJob()
    source = DrawnSource(delay=0.004)
    began = time.monotonic()
    read_images(job, source, source.records(400), runtime, tiny.card)
    took = time.monotonic() - began
    assert job.times[0] - began < took / 2
    assert len(job.parts) <= 2 + took / 0.05
    assert [report.done for report in job.reports] == list(np.cumsum([len(p) for p in job.parts]))
    assert {report.total for report in job.reports} == {400}
    assert all(render(report.message) for report in job.reports)


def test_first_result_waits_for_few_images(runtime, tiny):
    source = DrawnSource(delay=0.1)
    loaded = []
    job = CollectingJob(then=lambda job: loaded.append(len(source.loaded)))
    read_images(job, source, source.records(40), runtime, tiny.card)
    assert loaded[0] <= 3 + 8  # plus images decoded meanwhile by the other threads


def test_prioritised_images_are_read_next(runtime, tiny):
    source = DrawnSource()
    queue = ReadQueue()
    seen = ["391", "392", "393", "not there"]
    job = CollectingJob(then=lambda job: queue.prioritise(seen) if len(job.parts) == 1 else None)
    read_images(job, source, source.records(400), runtime, tiny.card, None, queue)
    # Only images already being decoded may come first.
    assert max(source.loaded.index(path) for path in seen[:3]) < 200
    assert sorted(job.paths, key=int) == [str(number) for number in range(400)]
    assert len(queue) == 0


def test_memory_is_bounded_with_a_slow_network(runtime, tiny):
    waiting = []

    class Slow(CountingRuntime):
        def stream(self, batches, job=None):
            for key, outputs in super().stream(batches, job):
                time.sleep(0.02)
                waiting.append(len(source.loaded) - self.images)
                yield key, outputs

    source = DrawnSource()
    read_images(CollectingJob(), source, source.records(600), Slow(runtime), tiny.card)
    assert max(waiting) <= 2 * (8 + runtime.batch_size)


def test_cancel_is_immediate_and_leaves_no_thread(tiny, runtime):
    source = DrawnSource(delay=0.05)
    job = CollectingJob(then=lambda job: job.cancel())
    began = time.monotonic()
    with pytest.raises(Cancelled):
        read_images(job, source, source.records(100_000), runtime, tiny.card)
    assert time.monotonic() - job.times[0] < 0.5
    assert time.monotonic() - began < 5
    assert len(job.parts) == 1
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_cancel_during_inference(tmp_path):
    bundle = Bundle.open(make_tiny_bundle(tmp_path / "slow", size=256, slow=8))
    runtime = open_runtime(bundle, choose_device("cpu"), Job())
    source = DrawnSource()
    job = Job()
    threading.Timer(0.3, job.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        read_images(job, source, source.records(1000), runtime, bundle.card)
    assert time.monotonic() - began < 3
    runtime.close()


def test_readings_before_a_cancel_are_cached(tiny, counting):
    source = DrawnSource()
    job = CollectingJob(then=lambda job: job.cancel() if len(job.paths) > 20 else None)
    with pytest.raises(Cancelled), ReadingCache(tiny.card) as cache:
        read_images(job, source, source.records(100_000), counting, tiny.card, cache)
    with ReadingCache(tiny.card) as cache:
        assert all(cache.get(f"{int(path):064x}") for path in job.paths)


def test_failing_device_ends_the_run(runtime, tiny):
    class Failing(CountingRuntime):
        def stream(self, batches, job=None):
            yield next(super().stream(batches, job))
            raise Problem("device.failed", name="x", reason="y")

    with pytest.raises(Problem, match="x could not run"):
        read_images(
            CollectingJob(), DrawnSource(), DrawnSource().records(100), Failing(runtime), tiny.card
        )
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_unusable_cache_is_ignored(tiny, counting, tmp_path):
    (tmp_path / "file").touch()
    with ReadingCache(tiny.card, tmp_path / "file" / "readings.sqlite") as cache:
        assert cache.note is not None
        summary = read_images(
            CollectingJob(), DrawnSource(), DrawnSource().records(10), counting, tiny.card, cache
        )
    assert summary.read == 10


def test_overhead_of_100_000_records_is_small(tiny, runtime, monkeypatch):
    """All but the first are cached, so this measures the overhead per record."""

    class Full:
        note = None
        reading = Reading(
            np.ones(8, np.float32), np.ones(3, np.float16), np.ones((4, 4, 8), np.float16)
        )

        def get_by_file(self, root, record):
            return None if record.path == "0" else self.reading

        def remember_file(self, root, record, content): ...
        def get(self, content): ...
        def put(self, content, reading): ...
        def flush(self): ...

    source = DrawnSource()
    records = source.records(100_000)
    began = time.monotonic()
    summary = read_images(CollectingJob(), source, records, runtime, tiny.card, Full())
    assert summary.cached == 99_999
    assert time.monotonic() - began < 10  # measured 0.4 s


class TestReadQueue:
    def records(self, *paths):
        return [ImageRecord(path, None, None, 0, 0) for path in paths]

    def rest(self, queue):
        taken = []
        while record := queue.take():
            taken.append(record.path)
        return "".join(taken)

    def test_default_order_is_that_of_the_records(self):
        assert self.rest(ReadQueue(self.records(*"abc"))) == "abc"

    def test_last_priorities_go_first(self):
        queue = ReadQueue(self.records(*"abcdef"))
        queue.prioritise("fe")
        assert queue.take().path == "f"
        queue.prioritise("dc")
        assert self.rest(queue) == "dcabe"

    def test_done_and_unknown_paths_are_ignored(self):
        queue = ReadQueue(self.records(*"abc"))
        queue.take()
        queue.prioritise(["a", "x", "c"])
        assert len(queue) == 2
        assert self.rest(queue) == "cb"

    def test_record_can_be_prioritised_before_it_is_added(self):
        queue = ReadQueue()
        queue.prioritise("b")
        queue.extend(self.records(*"ab"))
        assert self.rest(queue) == "ba"

    def test_repeated_record_is_taken_once(self):
        queue = ReadQueue(self.records(*"aba"))
        queue.extend(self.records("b"))
        assert self.rest(queue) == "ab"

    def test_threads_take_each_record_once(self):
        paths = [str(number) for number in range(5000)]
        queue = ReadQueue(self.records(*paths))
        taken = []

        def take():
            while record := queue.take():
                taken.append(record.path)
                queue.prioritise(paths[-50:])

        threads = [threading.Thread(target=take) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken) == sorted(paths)

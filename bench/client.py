"""A load generator of one thread: keep-alive sockets under epoll, requests made beforehand. Its own cost is counted.

It shares the cores with the server and the database, so the figures are those of one machine doing everything.
"""

import heapq
import json
import random
import resource
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    return sorted(values)[int(len(values) * share)]


def request(path: str, cookie: str, port: int, body: dict[str, Any]) -> bytes:
    """The bytes of one POST, as a page sends it."""
    content = json.dumps(body, separators=(",", ":")).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/json\r\nX-Qingyan: 1\r\n"
        f"Cookie: {cookie}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


@dataclass
class Load:
    """What a load came to. `client` is the share of one core that the generator itself took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: int = 0
    client: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        return percentile(self.latencies, share) * 1000


class _Clock:
    """Wall clock and own processor time of a load."""

    def __init__(self) -> None:
        self.wall, self.own = time.perf_counter(), _own_seconds()

    def stop(self, load: Load) -> Load:
        load.seconds = time.perf_counter() - self.wall
        load.client = (_own_seconds() - self.own) / load.seconds
        return load


def drive(requests: Sequence[bytes], port: int, *, connections: int, seconds: float | None = None) -> Load:
    """As fast as the server answers, over so many sockets, until all are sent or the time is over."""
    chooser, waiting, load = selectors.DefaultSelector(), iter(requests), Load()
    sockets = [_socket(port) for _ in range(min(connections, len(requests)))]
    clock = _Clock()
    for link in sockets:
        link.sendall(next(waiting))
        chooser.register(link, selectors.EVENT_READ, time.perf_counter())
    under_way = len(sockets)
    while under_way:
        for key, _ in chooser.select():
            _note(load, key.fileobj.recv(65536), key.data)
            following = next(waiting, None)
            if following is None or (seconds and time.perf_counter() - clock.wall > seconds):
                chooser.unregister(key.fileobj)
                under_way -= 1
                continue
            key.fileobj.sendall(following)
            chooser.modify(key.fileobj, selectors.EVENT_READ, time.perf_counter())
    for link in sockets:
        link.close()
    return clock.stop(load)


def paced(requests: Sequence[bytes], port: int, *, rate: float, seconds: float) -> Load:
    """So many a second whatever the server does. A latency counts from the moment at which its request was due."""
    chooser, load, idle = selectors.DefaultSelector(), Load(), []
    clock, sent, waiting = _Clock(), 0, min(len(requests), int(rate * seconds))
    while len(load.latencies) < waiting:
        now = time.perf_counter()
        while sent < waiting and clock.wall + sent / rate <= now:
            link = idle.pop() if idle else _socket(port)
            link.sendall(requests[sent])
            chooser.register(link, selectors.EVENT_READ, clock.wall + sent / rate)
            sent += 1
        for key, _ in chooser.select(max(0.0, clock.wall + sent / rate - time.perf_counter()) if sent < waiting else 1):
            _note(load, key.fileobj.recv(65536), key.data)
            chooser.unregister(key.fileobj)
            idle.append(key.fileobj)
    for link in idle:
        link.close()
    return clock.stop(load)


def crowd(pupils: Sequence[Iterator[bytes]], port: int, *, think: float, seconds: float) -> Load:
    """Each pupil has a socket, thinks (`think` seconds on average, evenly, half to one and a half), sends, waits."""
    chooser, load, luck = selectors.DefaultSelector(), Load(), random.Random(7)
    sockets = [_socket(port) for _ in pupils]
    clock = _Clock()
    due = [(clock.wall + luck.uniform(0, think), place) for place in range(len(pupils))]
    heapq.heapify(due)
    for place, link in enumerate(sockets):
        chooser.register(link, selectors.EVENT_READ, place)
    sent: dict[int, float] = {}
    while (now := time.perf_counter()) < clock.wall + seconds or sent:
        while due and due[0][0] <= now < clock.wall + seconds:
            place = heapq.heappop(due)[1]
            if (following := next(pupils[place], None)) is not None:
                sent[place] = time.perf_counter()
                sockets[place].sendall(following)
        pause = max(0.0, min(due[0][0] - now, 0.05)) if due else 0.05
        for key, _ in chooser.select(pause):
            answer = key.fileobj.recv(65536)
            if key.data not in sent:  # the server closed an idle connection; a browser would open the next
                chooser.unregister(key.fileobj)
                sockets[key.data] = _socket(port)
                chooser.register(sockets[key.data], selectors.EVENT_READ, key.data)
                continue
            _note(load, answer, sent.pop(key.data))
            heapq.heappush(due, (time.perf_counter() + think * luck.uniform(0.5, 1.5), key.data))
    for link in sockets:
        link.close()
    return clock.stop(load)


def _note(load: Load, answer: bytes, began: float) -> None:
    load.latencies.append(time.perf_counter() - began)
    load.failures += not answer.startswith(b"HTTP/1.1 200")


def _socket(port: int) -> socket.socket:
    link = socket.create_connection((HOST, port))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

"""RSA keys, made ahead of need: one takes some 40 ms of a processor, which no page should wait for."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

MINIMUM_BITS = 2048
PUBLIC_EXPONENT = 65537


def generate_key(bits: int = MINIMUM_BITS) -> RSAPrivateKey:
    """Make an RSA key of ``bits`` bits; other threads go on meanwhile."""
    return rsa.generate_private_key(public_exponent=PUBLIC_EXPONENT, key_size=bits)


class KeyPool:
    """A few keys kept ready by a background thread, which sleeps when the pool is full.

    Args:
        size: how many keys to keep ready; with 0 each is made when it is taken.
        bits: length of the keys.

    Raises:
        ValueError: ``size`` is negative or ``bits`` below 2048.
    """

    def __init__(self, size: int = 2, bits: int = MINIMUM_BITS) -> None:
        if size < 0 or bits < MINIMUM_BITS:
            raise ValueError(f"a pool of {size} keys of {bits} bits is not possible")
        self._bits = bits
        self._keys: queue.SimpleQueue[RSAPrivateKey] = queue.SimpleQueue()
        self._wanted = threading.Semaphore(size)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        """How many keys are ready."""
        return self._keys.qsize()

    @property
    def is_running(self) -> bool:
        """Whether the background thread is there."""
        return self._thread is not None

    def start(self) -> None:
        """Begin to fill; does nothing when it runs already."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._fill, name="key-pool", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the background thread, waiting for the key in the making; keys that are ready stay."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._stopping.set()
            self._wanted.release()
            thread.join()

    def take(self) -> RSAPrivateKey:
        """A key nobody else gets: a ready one, else one made now in the caller's thread."""
        try:
            key = self._keys.get_nowait()
        except queue.Empty:
            return generate_key(self._bits)
        self._wanted.release()
        return key

    def _fill(self) -> None:
        while self._wanted.acquire() and not self._stopping.is_set():
            self._keys.put(generate_key(self._bits))

"""Local HTTP server that truncates, corrupts, stalls or refuses on request."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from engine.exchange.download import RemoteFile

DATA = bytes(range(256)) * 4096


class Server:
    """Server of one file; `behaviours` lists the fault of each answer (the last one repeats)."""

    def __init__(self):
        self.data, self.listing, self.behaviours, self.ranges = DATA, b"[]", ["well"], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.path.startswith("/listing"):
                    self._answer(200, outer.listing)
                    return
                behaviour = (
                    outer.behaviours.pop(0) if len(outer.behaviours) > 1 else outer.behaviours[0]
                )
                wanted = self.headers.get("Range")
                outer.ranges.append(wanted)
                start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
                if behaviour in {"403", "404", "500", "503"}:
                    self._answer(int(behaviour), b"no")
                elif behaviour == "whole":
                    self._answer(200, outer.data)
                elif start >= len(outer.data):
                    self._answer(416, b"")
                else:
                    self._part(start, behaviour)

            def _part(self, start, behaviour):
                body = outer.data[start:]
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(body)))
                if start:
                    total = len(outer.data)
                    first = 7 if behaviour == "elsewhere" else start
                    self.send_header("Content-Range", f"bytes {first}-{total - 1}/{total}")
                self.end_headers()
                if behaviour == "cut":
                    body = body[: len(body) // 2]
                elif behaviour == "corrupt":
                    body = b"x" + body[1:]
                elif behaviour == "nothing":
                    body = b""
                elif behaviour == "stall":
                    self.wfile.write(body[:1000])
                    self.wfile.flush()
                    outer.released.wait(30)
                    body = b""
                self.wfile.write(body)
                self.wfile.flush()
                self.close_connection = True

            def _answer(self, code, body):
                self.send_response(code)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def remote(self, **more):
        digest = hashlib.sha256(DATA).hexdigest()
        return RemoteFile(
            **{"url": f"{self.address}/a", "name": "a.bin", "size": len(DATA), "algorithm": "sha256",
               "checksum": digest, **more}
        )  # fmt: skip

    def close(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

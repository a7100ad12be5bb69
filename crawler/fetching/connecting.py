"""Connections: resolve once, judge every address, and connect to the very address that was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint, wrapClientTLS
from twisted.internet.error import ConnectError
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.tcp import Connection
from twisted.web._newclient import Request
from twisted.web.client import URI, Agent, HTTPConnectionPool
from twisted.web.http_headers import Headers
from typing_extensions import override
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.errors import BlockedAddress
from crawler.fetching.guard import Guard
from crawler.fetching.http_parser import TolerantFactory
from crawler.fetching.resolver import MOST_ADDRESSES, Resolver

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.settings import BaseSettings
    from twisted.internet.interfaces import IProtocol, IProtocolFactory
    from twisted.web.iweb import IBodyProducer, IPolicyForHTTPS, IResponse

    from crawler.fetching.hosts_file import Target

CONNECT_TIMEOUT = 10.0  # seconds for one address: a live server answers a SYN within three tries, 7 s
IDLE_CONNECTION_TIMEOUT = 15  # seconds; servers close after 5 (Apache) to 75 (nginx), and delays are a few seconds


class Gate:
    """Where a host may be reached: the resolver's answers that the guard lets through."""

    def __init__(self, resolver: Resolver, guard: Guard) -> None:
        self._resolver = resolver
        self._guard = guard

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Gate:
        """Build resolver and guard. Raises ``ConfigurationError``."""
        return cls(Resolver.from_settings(settings), Guard.from_settings(settings))

    async def targets(self, host: str, port: int) -> tuple[Target, ...]:
        """Return the allowed targets, never none.

        Raises ``BlockedAddress`` when every answer is refused, ``CannotResolveHostError`` when there is none.
        """
        allowed: list[Target] = []
        refusal: BlockedAddress | None = None
        for target in await self._resolver.targets(host, port):
            try:
                allowed.append(target._replace(address=self._guard.judge(*target)))
            except BlockedAddress as error:
                refusal = error
        if refusal and not allowed:
            raise refusal
        return tuple(allowed[:MOST_ADDRESSES])

    def close(self) -> None:
        """Let go of the resolver's threads."""
        self._resolver.close()


@implementer(IStreamClientEndpoint)
class JudgedEndpoint:
    """Connects to the first of the judged targets that answers; no name is looked up any more."""

    def __init__(self, reactor: Any, targets: tuple[Target, ...], bind_address: Any = None) -> None:
        self._reactor = reactor
        self._targets = targets
        self._bind_address = bind_address

    def __repr__(self) -> str:
        return f"<JudgedEndpoint {self._targets}>"

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:  # noqa: N803 - the interface's name
        """Return a Deferred of the connected protocol."""
        return Deferred.fromCoroutine(self._connect(protocolFactory))

    async def _connect(self, factory: IProtocolFactory) -> IProtocol:
        failure: Exception = ConnectError()  # type: ignore[no-untyped-call]
        for target in self._targets:
            kind = TCP4ClientEndpoint if target.address.version == 4 else TCP6ClientEndpoint
            endpoint = kind(self._reactor, str(target.address), target.port, CONNECT_TIMEOUT, self._bind_address)
            try:
                return await endpoint.connect(factory)
            except ConnectError as error:
                failure = error
        raise failure


class GuardedAgent(Agent):
    """Twisted's agent, with the gate in front of its pool.

    The pool's key names the judged targets, so that a kept connection is used again only for a request whose own
    look-up was judged and led to the same place. ``last_look`` is called when the connection stands, and raises if the
    request may not be sent any more: the process may have been halted since it was begun.
    """

    def __init__(
        self, reactor: Any, gate: Gate, policy: IPolicyForHTTPS, bind_address: Any, pool: HTTPConnectionPool,
        last_look: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(reactor, policy, CONNECT_TIMEOUT, bind_address, pool)  # type: ignore[no-untyped-call]
        self._gate = gate
        self._last_look = last_look
        self._policy = policy
        self._bind_address = bind_address

    def request(
        self,
        method: bytes,
        uri: bytes,
        headers: Headers | None = None,
        bodyProducer: IBodyProducer | None = None,  # noqa: N803 - the interface's name
    ) -> Deferred[IResponse]:
        """Send the request once its host is resolved and judged."""
        return Deferred.fromCoroutine(self._request(method, uri, headers, bodyProducer))

    async def _request(
        self, method: bytes, uri: bytes, headers: Headers | None, body: IBodyProducer | None
    ) -> IResponse:
        parsed = URI.fromBytes(uri)  # type: ignore[no-untyped-call]
        targets = await self._gate.targets(parsed.host.decode("ascii"), parsed.port)
        endpoint: Any = JudgedEndpoint(self._reactor, targets, self._bind_address)
        if parsed.scheme == b"https":
            creator = self._policy.creatorForNetloc(parsed.host, parsed.port)  # type: ignore[call-arg,misc]
            endpoint = wrapClientTLS(creator, endpoint)
        key: Any = (parsed.scheme, parsed.host, parsed.port, frozenset(targets))
        headers = headers.copy() if headers else Headers()
        if not headers.hasHeader(b"Host"):
            name: bytes = self._computeHostValue(parsed.scheme, parsed.host, parsed.port)  # type: ignore[no-untyped-call]
            headers.addRawHeader(b"Host", name)
        asked = Request._construct(  # type: ignore[no-untyped-call]
            method, parsed.originForm, headers, body, persistent=True, parsedURI=parsed
        )
        connection = await self._pool.getConnection(key, endpoint)
        try:
            self._last_look()
        except BaseException:
            self._pool._putConnection(key, connection)  # type: ignore[no-untyped-call]
            raise
        answer = connection.request(asked)
        _send_now(connection.transport)
        return await answer


def _send_now(transport: Any) -> None:
    """Hand what is buffered to the system in this turn of the reactor, not the next: the last look must hold for it.

    Under TLS the bytes go with the next turn.
    """
    if isinstance(transport, Connection) and transport.connected:
        transport.doWrite()  # type: ignore[no-untyped-call]


class Pool(HTTPConnectionPool):
    """Twisted's pool without its automatic retry, which would pass by the host clock; forgets hosts it left."""

    def __init__(self, reactor: Any, most_per_host: int) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]
        self.retryAutomatically = False
        self.cachedConnectionTimeout = IDLE_CONNECTION_TIMEOUT
        self.maxPersistentPerHost = most_per_host
        self._factory = TolerantFactory

    @override
    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:
        """Take a kept connection or make one; no empty list stays behind for every host of a long run."""
        connection = super().getConnection(key, endpoint)
        if not self._connections.get(key, True):
            del self._connections[key]
        return connection

    @override
    def _removeConnection(self, key: Any, connection: Any) -> None:
        super()._removeConnection(key, connection)  # type: ignore[no-untyped-call]
        if not self._connections[key]:
            del self._connections[key]

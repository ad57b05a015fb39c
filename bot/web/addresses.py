"""Addresses to listen on, and whether only this machine reaches them. Opens nothing."""

from ipaddress import ip_address

from bot.errors import SettingsError


def split_address(address: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:8080` or `[::1]:8080`. Raises SettingsError."""
    host, _colon, port = address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise SettingsError(
            f"{address!r} is not an address and a port: "
            "set JOLDOSH_LISTEN to one such as 127.0.0.1:8080"
        )
    return host, int(port)


def is_loopback_host(host: str) -> bool:
    """Whether a host without port means this machine only."""
    name = host.removeprefix("[").removesuffix("]")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_loopback(listen: str) -> bool:
    """Whether only programs on this machine reach what listens there. Raises SettingsError."""
    host, _port = split_address(listen)
    return is_loopback_host(host)

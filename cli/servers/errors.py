"""What is wrong with a server, in both languages, with what helps."""


class ServerError(Exception):
    """A server does not run as it should."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class ServerMissing(ServerError):
    """A program is not on this machine."""

    def __init__(self, title: str, what: str) -> None:
        super().__init__(
            f"未安装 {title}（{what}）。请运行 huying stack install",
            f"{title} is not installed ({what}). Run: huying stack install",
        )

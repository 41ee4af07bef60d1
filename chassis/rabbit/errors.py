"""What can be wrong with the broker, in words that say what to do."""

from chassis.domain import DomainError, Status


class BrokerAway(DomainError):
    """Nobody answers at the broker's address, or the connection was lost."""

    status = Status.UNAVAILABLE
    zh = "连接不上 RabbitMQ（{address}）：{why}。请检查服务是否运行、地址是否正确"
    en = "RabbitMQ is not reachable at {address} ({why}); check that it runs and that the address is right"


class BrokerRefuses(DomainError):
    """The broker is there and does not let us in."""

    status = Status.FAILED_PRECONDITION
    zh = "RabbitMQ（{address}）拒绝登录：请检查用户名、密码和虚拟主机 {vhost} 的权限"
    en = "RabbitMQ at {address} refuses the login; check user, password and the rights on the virtual host {vhost}"


class BrokerNotTrusted(DomainError):
    """Its certificate does not prove who it is."""

    status = Status.FAILED_PRECONDITION
    zh = "RabbitMQ（{address}）的证书不可信（{why}）：请检查 HUYING_AMQP_URL 中的 cacertfile 和主机名"
    en = "RabbitMQ at {address} shows a certificate that proves nothing ({why}); check cacertfile in HUYING_AMQP_URL"


class BrokerSilent(DomainError):
    """The broker took the messages and does not confirm them in time: out of disk or memory, as a rule."""

    status = Status.UNAVAILABLE
    zh = "RabbitMQ（{address}）{seconds} 秒内未确认消息：请检查其磁盘和内存告警"
    en = "RabbitMQ at {address} has not confirmed for {seconds} s; look for its disk and memory alarms"


class DeclaredOtherwise(DomainError):
    """An exchange or queue of our name exists with other properties."""

    status = Status.FAILED_PRECONDITION
    zh = "RabbitMQ 中的 {name} 已按其他参数声明（{why}）：请核对 HUYING_QUORUM_QUEUES，或在清空后删除它再启动"
    en = "{name} is declared otherwise in RabbitMQ ({why}); check HUYING_QUORUM_QUEUES, or delete it once it is drained"


class PartitionsDiffer(DomainError):
    """The bus stands with another number of partitions than the one asked for."""

    status = Status.FAILED_PRECONDITION
    zh = "总线已按 {found} 个分区声明，而设置为 {wanted} 个：运行 `huying bus partitions {wanted}`，或改回设置"
    en = "the bus has {found} partitions, not {wanted}: run `huying bus partitions {wanted}`, or change the setting"


class AddressUnusable(DomainError):
    """HUYING_AMQP_URL cannot be read."""

    status = Status.FAILED_PRECONDITION
    zh = "HUYING_AMQP_URL 不是可用的地址，应形如 amqp://用户:密码@主机:5672/虚拟主机"
    en = "HUYING_AMQP_URL is no usable address; it looks like amqp://user:password@host:5672/vhost"


class DiedOfIt(DomainError):
    """A process ended while it handled this message alone; it is not tried again before a person or a delay allows."""

    zh = "上次处理此消息时进程意外终止"
    en = "the process ended while it handled this message"


class NotGreen(DomainError):
    """The bus process was started without eventlet's patches, or psycopg would block all others."""

    zh = "总线进程须先调用 chassis.rabbit.green.patch()，再导入其他模块"
    en = "the bus process must call chassis.rabbit.green.patch() before it imports anything else"

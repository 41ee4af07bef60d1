"""Reading articles and searching them."""

from chassis.access import Role
from chassis.application import Queries
from chassis.domain import NotFound
from chassis.message import city_of, id_of
from chassis.work import Read
from services.knowledge.application.messages import GetArticle, SearchArticles, SuggestArticles
from services.knowledge.application.paging import continued, token_for_next
from services.knowledge.application.ports import Office, Search, SearchIndex
from services.knowledge.application.searching import find
from services.knowledge.application.views import ArticleView, Hits, shown
from services.knowledge.domain.article import Article
from services.knowledge.domain.errors import NotOpenToPublic

queries = Queries()
EVERYBODY = frozenset(Role)
PAGE = 10
SUGGESTIONS = 5
_PUBLIC = frozenset({Role.CITIZEN, Role.PORTAL})


@queries.on(GetArticle, roles=EVERYBODY)
def get_article(query: GetArticle, read: Read, *, office: Office) -> ArticleView:
    """Who writes or checks sees the newest revision, all others the one in force, if any."""
    city = city_of(query.name)
    check_open(city, read, office)
    article = read.get(Article, id_of(query.name, "articles"))
    revision = article.latest if _works_on(article, read) else article.found_at(read.now)
    if article.city != city or revision is None:
        raise NotFound()
    return shown(article, revision, version=article.version)


def _works_on(article: Article, read: Read) -> bool:
    if read.principal.has(Role.DISPATCHER, Role.SUPERVISOR, Role.SYSTEM):
        return True
    return read.principal.has(Role.UNIT, Role.UNIT_LEADER) and read.principal.unit == article.unit


@queries.on(SearchArticles, roles=EVERYBODY)
def search_articles(query: SearchArticles, read: Read, *, index: SearchIndex, office: Office) -> Hits:
    check_open(query.city, read, office)
    limit = query.page_size or PAGE
    search = Search(city=query.city, text=query.query, at=read.now, unit=query.unit, limit=limit)
    search = continued(search, query.page_token)
    hits, more = find(read, index, search)
    return Hits(hits=hits, next_page_token=token_for_next(search) if more else "")


@queries.on(SuggestArticles, roles={Role.AGENT})
def suggest_articles(query: SuggestArticles, read: Read, *, index: SearchIndex) -> Hits:
    hits, _ = find(read, index, Search(city=query.city, text=query.text, at=read.now, limit=SUGGESTIONS))
    return Hits(hits=hits)


def check_open(city: str, read: Read, office: Office) -> None:
    """S24-38 art. 26 opens the knowledge base to society; a pack may not. Raises NotOpenToPublic."""
    if read.principal.roles <= _PUBLIC and not office.rules(city).open_to_public.value:
        raise NotOpenToPublic()

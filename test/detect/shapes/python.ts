import { lines, type Shape } from "./shape.ts";

const BUILD = "build . Dockerfile @Dockerfile:1";
const PORT = "port 8000 @Dockerfile:5";
const UVICORN = 'CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]';
const docker = (start = UVICORN, copy = "COPY . .") =>
  lines("FROM python:3.12", "WORKDIR /app", copy, "RUN pip install -r requirements.txt", start);
const APP = ["from fastapi import FastAPI, APIRouter", "app = FastAPI()"];

/** Health routes in the source: where the image serves them, and where nobody can tell. */
const ROUTES: readonly Shape[] = [
  {
    what: "FastAPI, a health route of the app that is served",
    files: { Dockerfile: docker(), "shop/main.py": lines(...APP, "", '@app.get("/healthz")', "def up(): ...") },
    found: [BUILD, PORT, "health /healthz @shop/main.py:4"],
  },
  {
    what: "FastAPI, a health route of an app that is not served: none",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(...APP),
      "admin/main.py": lines(...APP, '@app.get("/health")'),
    },
    found: [BUILD, PORT],
  },
  {
    what: "FastAPI, a route below two plain prefixes",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(...APP, "from shop.api import health", 'app.include_router(health.router, prefix="/api")'),
      "shop/api/__init__.py": "",
      "shop/api/health.py": lines(
        "from fastapi import APIRouter",
        "router = APIRouter(",
        '    prefix="/v1", tags=["health"],',
        ")",
        "@router.get(",
        '    "/health",',
        "    status_code=200,",
        ")",
        "async def health() -> dict: ...",
      ),
    },
    found: [BUILD, PORT, "health /api/v1/health @shop/api/health.py:5"],
  },
  {
    what: "FastAPI, a route below a prefix that settings have: none, and why",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(
        ...APP,
        "from .api.routes import api as routes",
        "app.include_router(routes, prefix=settings.PREFIX)",
      ),
      "shop/api/routes.py": lines("api = APIRouter()", '@api.get("/health-check/")', "def ok(): ..."),
    },
    found: [
      BUILD,
      PORT,
      "note: /health-check/ is below a path that is not known here: --health-path takes all of it @shop/api/routes.py:2",
    ],
  },
  {
    what: "FastAPI, a health route for those who signed in: none",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(...APP, '@app.get("/health")', "def up(user: User = Depends(get_current_user)): ..."),
    },
    found: [BUILD, PORT],
  },
  {
    what: "FastAPI, a health route that answers with nothing: none",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(...APP, '@app.get("/ping", status_code=status.HTTP_204_NO_CONTENT)', "def p(): ..."),
    },
    found: [BUILD, PORT],
  },
  {
    what: "FastAPI, a route in a comment and one in a text: none",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(
        ...APP,
        '# @app.get("/health")',
        '"""',
        '@app.get("/ready")',
        '"""',
        '@app.post("/ping")',
        "def p(): ...",
      ),
    },
    found: [BUILD, PORT],
  },
  {
    what: "an app that a function makes",
    files: {
      Dockerfile: docker("CMD uvicorn shop.main:create_app --factory --host 0.0.0.0"),
      "shop/main.py": lines(
        "def create_app():",
        "    app = FastAPI()",
        '    @app.get("/ping")',
        "    def ping(): ...",
        "    return app",
      ),
    },
    found: [BUILD, PORT, "health /ping @shop/main.py:3"],
  },
  {
    what: "the likeliest of several health routes",
    files: {
      Dockerfile: docker(),
      "shop/main.py": lines(
        ...APP,
        '@app.get("/ready")',
        "def r(): ...",
        '@app.get("/api/health")',
        '@app.get("/health")',
        "def h(): ...",
      ),
    },
    found: [BUILD, PORT, "health /health @shop/main.py:6"],
  },
  {
    what: "Flask, a blueprint that is registered elsewhere than it says",
    files: {
      Dockerfile: docker('CMD ["gunicorn", "--bind=0.0.0.0:8000", "wsgi:app"]'),
      "wsgi.py": lines("from site1 import app"),
      "site1/__init__.py": lines(
        "app = Flask(__name__)",
        "from site1.ops import ops",
        'app.register_blueprint(ops, url_prefix="/-")',
      ),
      "site1/ops.py": lines(
        'ops = Blueprint("ops", __name__, url_prefix="/ops")',
        '@ops.route("/health", methods=["GET"])',
        "def h(): ...",
      ),
    },
    found: [BUILD, PORT, "health /-/health @site1/ops.py:2"],
  },
  {
    what: "Flask, a health route that takes what is posted alone: none",
    files: {
      Dockerfile: docker("CMD gunicorn -b :8000 app:app"),
      "app.py": lines("app = Flask(__name__)", '@app.route("/health", methods=["POST"])', "def h(): ..."),
    },
    found: [BUILD, PORT],
  },
  {
    what: "Django, its list of routes and its migration",
    files: {
      Dockerfile: docker("CMD gunicorn config.wsgi:application --bind 0.0.0.0:8000"),
      "requirements.txt": "Django>=5\n",
      "manage.py": lines('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")'),
      "config/settings.py": lines(
        'ALLOWED_HOSTS = [".example.com"]',
        'ROOT_URLCONF = "config.urls"',
        "SECURE_SSL_REDIRECT = True",
      ),
      "config/urls.py": lines(
        "urlpatterns = [",
        '    path("admin/", admin.site.urls),',
        '    path("health/", health),',
        "]",
      ),
    },
    found: [
      BUILD,
      PORT,
      "health /health/ @config/urls.py:3",
      "migrate python manage.py migrate --noinput @manage.py:1",
      "note: ALLOWED_HOSTS has no address of a task, which the load balancer's check asks for: Django answers it with 400 @config/settings.py:1",
      "note: SECURE_SSL_REDIRECT sends the load balancer's check elsewhere: SECURE_REDIRECT_EXEMPT excepts its path @config/settings.py:3",
    ],
  },
  {
    what: "Django, django-health-check below a path of its own",
    files: {
      Dockerfile: lines(
        "FROM python",
        "ENV DJANGO_SETTINGS_MODULE=config.settings.production",
        "COPY . .",
        "",
        "CMD daphne -b 0.0.0.0 -p 8000 config.asgi:application",
      ),
      "config/settings/production.py": "from .base import *\n",
      "config/settings/base.py": lines(
        'ALLOWED_HOSTS = env.list("HOSTS", default=["*"])',
        'ROOT_URLCONF = "config.urls"',
      ),
      "config/urls.py": lines('path("shop/", include("shop.urls")),', 'path("ht/", include("health_check.urls")),'),
    },
    found: [BUILD, PORT, "health /ht/ @config/urls.py:2"],
  },
];

/** Migrations and workers: in the image, as the image calls its programs. */
const PROGRAMS: readonly Shape[] = [
  {
    what: "uv in two stages, Alembic and Celery beside the app",
    files: {
      Dockerfile: lines(
        "FROM ghcr.io/astral-sh/uv:python3.13 AS builder",
        "WORKDIR /app",
        "RUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync --no-install-project",
        "COPY . /app",
        "FROM python:3.13-slim",
        "COPY --from=builder --chown=app:app /app /app",
        'ENV PATH="/app/.venv/bin:$PATH"',
        "WORKDIR /app",
        'CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0"]',
      ),
      "pyproject.toml": lines(
        "[project]",
        'dependencies = ["fastapi[standard]>=0.115", "alembic>=1.14", "celery[redis]"]',
      ),
      "alembic.ini": "[alembic]\n",
      "shop/main.py": lines(...APP),
      "shop/worker.py": lines("from celery import Celery", "", 'app = Celery("shop")'),
      "tests/worker.py": 'app = Celery("test")\n',
    },
    found: [
      "build . Dockerfile @Dockerfile:5",
      "port 8000 @Dockerfile:9",
      "migrate alembic upgrade head @alembic.ini:1",
      "worker celery -A shop.worker worker @shop/worker.py:3",
    ],
  },
  {
    what: "programs by `uv run`, as the image calls its server",
    files: {
      Dockerfile: docker('CMD ["uv", "run", "--no-sync", "uvicorn", "shop.main:app", "--host", "0.0.0.0"]'),
      "uv.lock": lines('name = "alembic"', 'name = "celery"'),
      "alembic.ini": "",
      "shop/celery_app.py": 'celery_app = Celery("shop")\n',
    },
    found: [
      BUILD,
      PORT,
      "migrate uv run --no-sync alembic upgrade head @alembic.ini:1",
      "worker uv run --no-sync celery -A shop.celery_app:celery_app worker @shop/celery_app.py:1",
    ],
  },
  {
    what: "Poetry's table, and the folder of a virtual environment",
    files: {
      Dockerfile: docker("CMD /opt/venv/bin/gunicorn -b :8000 shop.main:app"),
      "pyproject.toml": lines("[tool.poetry.dependencies]", 'python = "^3.12"', 'Alembic = "^1.13"'),
      "alembic.ini": "",
    },
    found: [BUILD, PORT, "migrate /opt/venv/bin/alembic upgrade head @alembic.ini:1"],
  },
  {
    what: "Alembic for people at work alone: none",
    files: {
      Dockerfile: docker(),
      "pyproject.toml": lines(
        "[dependency-groups]",
        'dev = ["alembic"]',
        "[project]",
        'keywords = ["alembic"]',
        "dependencies = []",
      ),
      "alembic.ini": "",
    },
    found: [BUILD, PORT],
  },
  {
    what: "Alembic where the image does not run: none",
    files: {
      Dockerfile: docker(UVICORN, "COPY shop ./shop"),
      "requirements.txt": "alembic\n",
      "alembic.ini": "",
      "shop/main.py": "",
    },
    found: [BUILD, PORT],
  },
  {
    what: "Alembic and a worker that the builder leaves out: none",
    files: {
      Dockerfile: docker(),
      ".dockerignore": lines("*", "!shop", "shop/jobs", "!requirements.txt"),
      "requirements.txt": "alembic\ncelery\n",
      "alembic.ini": "",
      "shop/main.py": lines(...APP, '@app.get("/ready")', "def r(): ..."),
      "shop/jobs/worker.py": "app = Celery()\n",
    },
    found: [BUILD, PORT, "health /ready @shop/main.py:3"],
  },
  {
    what: "a Pipfile, and an entrypoint that hands on what a task is given",
    files: {
      Dockerfile: docker(
        lines('ENTRYPOINT ["./entrypoint.sh"]', 'CMD ["hypercorn", "-b", "0.0.0.0:8000", "shop.main:app"]'),
      ),
      Pipfile: lines("[packages]", 'alembic = "*"', "[dev-packages]", 'celery = "*"'),
      "alembic.ini": "",
      "entrypoint.sh": lines("#!/bin/bash", "set -e", 'exec "$@"'),
    },
    found: [BUILD, "port 8000 @Dockerfile:6", "migrate alembic upgrade head @alembic.ini:1"],
  },
  {
    what: "an entrypoint that takes a task's command for its own words: no migration",
    files: {
      Dockerfile: docker(lines('ENTRYPOINT ["uvicorn"]', 'CMD ["shop.main:app", "--host", "0.0.0.0"]')),
      "requirements.txt": "alembic\n",
      "alembic.ini": "",
    },
    found: [BUILD, "port 8000 @Dockerfile:6"],
  },
  {
    what: "Flask-Migrate",
    files: {
      Dockerfile: docker("CMD gunicorn -b 0.0.0.0:8000 app:app"),
      "requirements/prod.txt": "Flask-Migrate==4\n",
      "app.py": "app = Flask(__name__)\n",
      "migrations/alembic.ini": "",
    },
    found: [BUILD, PORT, "migrate flask db upgrade @migrations/alembic.ini:1"],
  },
  {
    what: "SQLAlchemy with a driver that it finds by a scheme of its own",
    files: { Dockerfile: docker(), "requirements.txt": "SQLAlchemy[asyncio]>=2\nasyncpg\npsycopg2-binary\n" },
    found: [
      BUILD,
      PORT,
      "note: DATABASE_URL begins with postgresql://: SQLAlchemy wants postgresql+asyncpg:// for asyncpg, so the app replaces it @requirements.txt:2",
    ],
  },
  {
    what: "SQLAlchemy with psycopg, which older versions find by a scheme of its own",
    files: { Dockerfile: docker(), "requirements.txt": "sqlmodel\npsycopg[binary]\n" },
    found: [
      BUILD,
      PORT,
      "note: DATABASE_URL begins with postgresql://: SQLAlchemy before 2.1 wants postgresql+psycopg:// for psycopg, so the app replaces it @requirements.txt:2",
    ],
  },
  {
    what: "SQLAlchemy with psycopg2, which takes the scheme: nothing said",
    files: { Dockerfile: docker(), "requirements.txt": "sqlalchemy\npsycopg2\n" },
    found: [BUILD, PORT],
  },
  {
    what: "asyncpg without SQLAlchemy, which takes the scheme: nothing said",
    files: { Dockerfile: docker(), "requirements.txt": "asyncpg\n" },
    found: [BUILD, PORT],
  },
  {
    what: "two Celery apps: none",
    files: {
      Dockerfile: docker(),
      "requirements.txt": "celery\n",
      "a/worker.py": "app = Celery()\n",
      "b/worker.py": "app = Celery()\n",
    },
    found: [BUILD, PORT],
  },
  {
    what: "a Celery app that a function makes, and nobody says where: none",
    files: {
      Dockerfile: docker(),
      "requirements.txt": "celery\n",
      "shop/worker.py": "def make():\n    app = Celery()\n    return app\n",
    },
    found: [BUILD, PORT],
  },
  {
    what: "Celery's app that nothing installs: none",
    files: { Dockerfile: docker(), "requirements.txt": "# celery\nrq\n", "shop/worker.py": "app = Celery()\n" },
    found: [BUILD, PORT],
  },
  {
    what: "a Procfile that starts the worker of a Django project",
    files: {
      Dockerfile: docker("CMD gunicorn config.wsgi --bind 0.0.0.0:8000"),
      "requirements.txt": "celery\n",
      Procfile: lines("web: gunicorn config.wsgi", "worker: celery -A config worker -l info --concurrency=2"),
      "config/__init__.py": "from .celery import app\n",
      "config/celery.py": 'app = Celery("config")\n',
    },
    found: [BUILD, PORT, "worker celery -A config worker -l info --concurrency=2 @Procfile:2"],
  },
];

export const PYTHON: readonly Shape[] = [...ROUTES, ...PROGRAMS];

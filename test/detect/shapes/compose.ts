import { lines, type Shape } from "./shape.ts";

const DOCKERFILE = lines("FROM python", "WORKDIR /app", "COPY . .", 'CMD ["python", "main.py"]');
const BUILD = "build . Dockerfile @Dockerfile:1";
const compose = (...services: readonly string[]) => lines("services:", ...services.map((line) => `  ${line}`));

/** What Docker Compose tells beside the Dockerfile. */
export const COMPOSE: readonly Shape[] = [
  {
    what: "the port, the health check, other versions than on AWS, and names of variables but no value",
    files: {
      Dockerfile: DOCKERFILE,
      "docker-compose.yml": compose(
        "api:",
        "  build: .",
        '  ports: ["8080:9000"]',
        "  environment:",
        "    STRIPE_KEY: sk_live_secret",
        "    DATABASE_HOST: db",
        "    DATABASE_URL: postgresql://shop:secret@db/shop",
        "  healthcheck:",
        '    test: ["CMD", "curl", "-f", "http://localhost:9000/up"]',
        "db:",
        "  image: postgres:15-alpine",
        "cache:",
        "  image: redis:7.4",
      ),
    },
    found: [
      BUILD,
      "port 9000 @docker-compose.yml:4",
      "health /up @docker-compose.yml:9",
      "note: PostgreSQL 15 here, PostgreSQL 16 on AWS @docker-compose.yml:12",
      "note: Redis 7.4 here, Redis 7.1 on AWS @docker-compose.yml:14",
      "note: the app is given STRIPE_KEY: service.environment of astro.yaml takes their values, service.secrets the names of those that are secret @docker-compose.yml:5",
    ],
  },
  {
    what: "addresses by other names than the tasks have them by; those of the tasks' names are nothing to say",
    files: {
      Dockerfile: DOCKERFILE,
      "compose.yaml": compose(
        "api:",
        "  build: .",
        "  environment:",
        "    - DATABASE_URL=postgresql://shop:secret@db/shop",
        "    - REDIS_URL=redis://cache",
        "    - SQLALCHEMY_DATABASE_URI=postgresql://shop:secret@db/shop",
        "    - CELERY_BROKER_URL=redis://cache",
        "    - CELERY_RESULT_BACKEND=redis://cache",
      ),
    },
    found: [
      BUILD,
      "note: SQLALCHEMY_DATABASE_URI has no value on AWS: the tasks have that address in DATABASE_URL @compose.yaml:4",
      "note: CELERY_BROKER_URL, CELERY_RESULT_BACKEND has no value on AWS: the tasks have that address in REDIS_URL @compose.yaml:4",
    ],
  },
  {
    what: "the same versions as on AWS, or none: nothing said",
    files: {
      Dockerfile: DOCKERFILE,
      "compose.yaml": compose(
        "a:",
        "  image: postgres:16.4",
        "b:",
        "  image: redis:7-alpine",
        "c:",
        "  image: postgres",
        "d:",
        "  image: redis:${TAG}",
      ),
    },
    found: [BUILD],
  },
  {
    what: "a port that a command of Compose's own listens on: none",
    files: {
      Dockerfile: DOCKERFILE,
      "compose.yml": compose("api:", "  build: .", "  command: python main.py --reload", "  ports: ['5000:5000']"),
    },
    found: [BUILD],
  },
  {
    what: "a port of the Dockerfile's before that of Compose",
    files: {
      Dockerfile: `${DOCKERFILE}EXPOSE 8000\n`,
      "compose.yml": compose("api:", "  build: .", "  ports: [{target: 9000, published: 80}]"),
    },
    found: [BUILD, "port 8000 @Dockerfile:5"],
  },
  {
    what: "the worker's own command, merged from an anchor",
    files: {
      Dockerfile: DOCKERFILE,
      "requirements.txt": "celery\n",
      "proj/tasks.py": 'queue = Celery("proj")\n',
      "docker-compose.yml": lines(
        "x-app: &app",
        "  build: {context: ., dockerfile: Dockerfile}",
        "  environment: [LOG_LEVEL=info]",
        "services:",
        "  worker:",
        "    <<: *app",
        "    command: celery -A proj.tasks worker --loglevel=info -Q default",
        "  beat:",
        "    <<: *app",
        "    command: celery -A proj.tasks beat",
      ),
    },
    found: [
      BUILD,
      "worker celery -A proj.tasks worker --loglevel=info -Q default @docker-compose.yml:7",
      "note: the app is given LOG_LEVEL: service.environment of astro.yaml takes their values, service.secrets the names of those that are secret @docker-compose.yml:5",
    ],
  },
  {
    what: "a worker's command with a broker and a log of its own: that of the source",
    files: {
      Dockerfile: DOCKERFILE,
      "requirements.txt": "celery\n",
      "jobs/celery.py": 'app = Celery("jobs")\n',
      "compose.yml": compose(
        "one:",
        "  build: .",
        "  command: celery -A jobs worker -b redis://:secret@cache",
        "two:",
        "  build: .",
        "  command: celery -A jobs worker --logfile=w.log",
      ),
    },
    found: [BUILD, "worker celery -A jobs.celery worker @jobs/celery.py:1"],
  },
  {
    what: "a worker of an app that a function makes, by the name that Compose starts it by",
    files: {
      Dockerfile: DOCKERFILE,
      "requirements.txt": "celery\n",
      "hello/app.py": lines("def make():", "    return Celery()", "celery_app = make()"),
      "compose.yml": compose(
        "worker:",
        "  build: .",
        '  command: celery -A "hello.app.celery_app" worker -l "${LEVEL:-info}"',
      ),
    },
    found: [BUILD, "worker celery -A hello.app.celery_app worker -l info @compose.yml:4"],
  },
  {
    what: "a worker of an app that is not in the image: none",
    files: {
      Dockerfile: DOCKERFILE,
      "requirements.txt": "celery\n",
      "compose.yml": compose("worker:", "  build: .", "  command: celery -A other worker"),
    },
    found: [BUILD],
  },
  {
    what: "the Dockerfile where only the file for production says it is",
    files: {
      "docker-compose.production.yml": compose(
        "django: &django",
        "  build:",
        "    context: .",
        "    dockerfile: ./compose/production/django/Dockerfile",
        "  command: /start",
        "postgres:",
        "  build: {context: ., dockerfile: ./compose/production/postgres/Dockerfile}",
        "celeryworker:",
        "  <<: *django",
        "  command: /start-celeryworker",
      ),
      "compose/production/django/Dockerfile": lines(
        "FROM docker.io/python:3.12 AS python",
        "FROM python AS python-run-stage",
        "ARG APP_HOME=/app",
        "WORKDIR ${APP_HOME}",
        "COPY ./compose/production/django/start /start",
        "COPY ./compose/production/django/entrypoint /entrypoint",
        "COPY . ${APP_HOME}",
        'ENTRYPOINT ["/entrypoint"]',
        'CMD ["/start"]',
      ),
      "compose/production/django/start": lines(
        "#!/bin/bash",
        "exec gunicorn config.wsgi --bind 0.0.0.0:5000 --chdir=/app",
      ),
      "compose/production/django/entrypoint": lines("#!/bin/bash", "set -o errexit", 'exec "$@"'),
      "compose/production/postgres/Dockerfile": "FROM docker.io/postgres:16\n",
      "manage.py": "",
      "requirements/base.txt": "django==5.1\n",
    },
    found: [
      "build . compose/production/django/Dockerfile @compose/production/django/Dockerfile:2",
      "port 5000 @compose/production/django/start:2",
      "migrate python manage.py migrate --noinput @manage.py:1",
    ],
  },
  {
    what: "one of two folders, by what Compose builds the API from",
    files: {
      "one/Dockerfile": lines("FROM a", "EXPOSE 80"),
      "two/Dockerfile": lines("FROM a", "EXPOSE 81"),
      "compose.yml": compose("api:", "  build: ./two", "jobs:", "  build: ./one"),
    },
    found: ["build two Dockerfile @two/Dockerfile:1", "port 81 @two/Dockerfile:2"],
  },
  {
    what: "a database that nothing here makes: said",
    files: {
      Dockerfile: DOCKERFILE,
      "docker-compose.yml": compose("db:", "  image: mysql:8", "q:", "  image: rabbitmq:3-management"),
    },
    found: [
      BUILD,
      "note: MySQL runs here: astro makes PostgreSQL and Redis, and nothing of it @docker-compose.yml:3",
      "note: RabbitMQ runs here: astro makes PostgreSQL and Redis, and nothing of it @docker-compose.yml:5",
    ],
  },
  {
    what: "a file that is no YAML, and one of other things: nothing of them",
    files: {
      Dockerfile: DOCKERFILE,
      "docker-compose.yml": "services: [\n",
      "compose.prod.yml": "services:\n  - a\n  - {b: c}\n",
    },
    found: [BUILD],
  },
];

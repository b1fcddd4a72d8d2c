# One image for web, worker, beat and the migration step: compose chooses the command.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.txt constraints.txt ./
RUN pip install -r requirements.txt

RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin smartpick
COPY manage.py ./
COPY smartpick smartpick
COPY programs programs
COPY applicants applicants
COPY matching matching
COPY templates templates
COPY static static
COPY fixtures fixtures
# Built with a key of this step's own, which no container ever runs with.
RUN SECRET_KEY=build-step DEBUG=0 python manage.py collectstatic --noinput \
    && mkdir var && chown smartpick var

USER smartpick
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "smartpick.wsgi", "--config", "python:smartpick.gunicorn"]

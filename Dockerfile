# The bot as an image. The Python is the one the tests run on.
FROM python:3.11-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app

# The libraries first: they change less often than the code, so this layer is mostly cached.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project

COPY README.md LICENSE ./
COPY content content
COPY locales locales
COPY db db
COPY bot bot
RUN uv sync --locked --no-dev


FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --no-create-home joldosh \
    && install -d -o joldosh -g joldosh /app/var
WORKDIR /app
COPY --from=build /app /app
# A volume in its place begins with these files and this owner: staff publish to it.
COPY --from=build --chown=joldosh:joldosh /app/content /app/content

# The code stays root's: a process that is taken over cannot change what runs next time.
USER joldosh
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 JOLDOSH_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["joldosh", "serve"]

# The note, made in a container: docker build -t briefnote . && docker run -v "$PWD/outputs:/note/outputs" briefnote
FROM python:3.11-slim-bookworm
RUN apt-get update -q \
    && apt-get install -q -y --no-install-recommends make git libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /note
COPY GNUmakefile pyproject.toml uv.lock ./
COPY scripts/system_packages.sh scripts/
RUN make .venv/.ready
COPY . .
CMD ["make", "note"]

# The emulator of AWS, for docker-compose.yml. It runs the functions that are deployed to it, so it
# has Node.js beside Python.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20
RUN apt-get update && \
    apt-get install --yes --no-install-recommends python3 python3-venv && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY dev/setup/requirements/emulator.txt ./
RUN python3 -m venv /opt/python && \
    /opt/python/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: \
      --requirement emulator.txt
COPY dev/emulator dev/emulator
ENV GATEWAY_PORT=4566 \
    BIND_HOST=0.0.0.0
EXPOSE 4566
USER node
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4566/_ministack/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["/opt/python/bin/python", "dev/emulator"]

# The worker, the gateway and the agent. They find what they need through their environment:
# `sluice worker --help`, and so on, lists the variables.
#
#   docker build -t sluice .
#   docker run --rm -e TEMPORAL_ADDRESS=temporal.example.com:7233 sluice
#   docker run --rm -e … sluice gateway
#
# The command alone, for the jobs of CI systems:
#
#   docker build -t sluice-ci --target ci .

# Debian, because the native part of Temporal's SDK needs glibc.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY bin bin
COPY dev/setup dev/setup
COPY src src
RUN npm run build

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Temporal's SDK comes with its native part for every platform.
RUN npm ci --omit=dev && \
    find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
      ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} +

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS command
# The native part looks for the system's certificates, not for those of Node.js.
RUN apt-get update && \
    apt-get install --yes --no-install-recommends ca-certificates && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY LICENSE package.json ./
COPY bin bin
COPY examples examples
COPY schema schema
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN ln -s /app/bin/sluice /usr/local/bin/sluice
ENV NODE_ENV=production
USER node

# For jobs of CI systems, which check the repository out themselves: docs/ci.md.
FROM command AS ci
WORKDIR /home/node
ENTRYPOINT ["sluice"]
CMD ["--help"]

FROM command
ENV SLUICE_HEALTH_ADDRESS=0.0.0.0:8080 \
    SLUICE_GATEWAY_ADDRESS=0.0.0.0:8080
EXPOSE 8080
# The worker finishes what it has within 25 seconds: give it 30 before it is killed.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/sluice"]
CMD ["worker"]

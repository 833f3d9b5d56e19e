# Both images of StreamSwarm: docker build --target operator . and docker build --target agent .
# Nothing but the base image and the npm registry is needed; package-lock.json fixes what comes from there.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

# --- dependencies: a layer that only the lock file changes ------------------------------------------------------
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# npm ci compares the manifest of every workspace with the lock file; it installs those that are built here.
COPY contract/package.json contract/
COPY agent/package.json agent/
COPY operator/package.json operator/
COPY console/package.json console/
COPY cli/package.json cli/
COPY test/package.json test/
# Nothing that is bundled or used to bundle needs an install script: koffi and esbuild bring their binaries.
RUN npm ci --ignore-scripts --include-workspace-root \
    --workspace contract --workspace agent --workspace operator --workspace console \
    && npm cache clean --force

# --- build: TypeScript to plain JavaScript, because stripping types costs memory at run time ---------------------
FROM dependencies AS build
COPY tsconfig.json LICENSE ./
COPY contract contract
COPY console console
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build --workspace console
COPY agent agent
COPY operator operator
COPY build build
RUN node build/images.ts --out /out && mkdir -p /empty/state /empty/run

# --- operator: plans, stores, shows; console and API --------------------------------------------------------------
FROM ${NODE_IMAGE} AS operator
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="StreamSwarm operator" \
      org.opencontainers.image.description="Plans StreamTests, stores their results, serves console and API" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
COPY --from=build /out/operator /app
# A number, so that Kubernetes can see that it is not root.
USER 65532:65532
ENTRYPOINT ["node", "/app/bin/streamswarm-operator.js"]
CMD ["--console-dir", "/app/console"]

# --- agent: measures ------------------------------------------------------------------------------------------------
FROM ${NODE_IMAGE} AS agent
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="StreamSwarm agent" \
      org.opencontainers.image.description="Measures what StreamTests ask for, with the kernel's own time stamps" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production STREAMSWARM_STATE_DIR=/var/lib/streamswarm/agent
COPY --from=build /out/agent /app
# Where it keeps what is not delivered yet, and where it says that it is alive; the chart mounts volumes there.
COPY --from=build --chown=65532:65532 /empty/state /var/lib/streamswarm/agent
COPY --from=build --chown=65532:65532 /empty/run /run/streamswarm
USER 65532:65532
ENTRYPOINT ["node", "/app/bin/streamswarm-agent.js"]

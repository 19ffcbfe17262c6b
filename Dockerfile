# Two stages: compile with everything, run with production packages only, as a user without rights.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --loglevel=warn
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npx tsc -p tsconfig.build.json && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production HEED_HOME=/data
WORKDIR /app
RUN groupadd --system --gid 10001 heed && useradd --system --uid 10001 --gid heed --home-dir /data heed \
    && mkdir /data && chown heed:heed /data
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY bin ./bin
COPY assets ./assets
COPY catalogue ./catalogue
COPY prompts ./prompts
COPY migrations ./migrations
COPY fixtures ./fixtures
USER heed
VOLUME /data
# Exec form: the process gets SIGTERM itself and closes in order.
ENTRYPOINT ["node", "--enable-source-maps", "bin/heed.mjs"]
CMD ["start"]

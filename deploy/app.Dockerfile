# An application with the program that gives it its keys: an image of the application, and roster from its image.
#
#   docker build -f deploy/app.Dockerfile -t app --build-arg ROSTER_IMAGE=registry.example.com/roster@sha256:<64 hex digits> \
#       --build-arg PYTHON_SHA256=<64 hex digits> .
#
# The image has no key. deploy/compose.yaml and deploy/kubernetes.yaml mount the identity, and roster opens the secret and becomes
# the application.
ARG ROSTER_IMAGE
# Of python:3.14-slim-bookworm.
ARG PYTHON_SHA256

FROM ${ROSTER_IMAGE} AS roster

FROM python@sha256:${PYTHON_SHA256}
COPY --from=roster /usr/local/bin/roster /usr/local/bin/roster
COPY app.py /app/app.py
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/roster", "exec", "--registry", "/registry/registry.json", "acme/gpt-4o", "--"]
CMD ["python3", "/app/app.py"]

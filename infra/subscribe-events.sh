#!/bin/sh
# Points the events of both upload containers at the blob triggers of the running app. azd runs it after each deployment
# with the outputs of infra/main.bicep in the environment; run again, it changes nothing.
#
# The webhook wants the host's system key blobs_extension. It is read here, passed through a pipe as a secure parameter
# and kept in no file, output or log; Event Grid keeps it as part of the endpoint and does not show it again.
set -eu

if ! command -v az >/dev/null; then
  echo "subscribe-events: the Azure CLI is needed to connect the uploads (https://aka.ms/azure-cli); install it, sign in and run 'azd hooks run postdeploy'." >&2
  exit 1
fi

# The app sleeps and the key is made when it first starts, so it is woken and given some time.
attempt=1
key=
while [ -z "$key" ]; do
  curl -fsS -o /dev/null --max-time 60 "$MUSIC_URL" || true
  key=$(az containerapp function keys show --resource-group "$AZURE_RESOURCE_GROUP" --name "$MUSIC_PIPELINE_APP" \
    --key-type systemKey --key-name blobs_extension --query "value.value || value" --output tsv 2>/dev/null || true)
  if [ -z "$key" ]; then
    if [ "$attempt" -ge 20 ]; then
      echo "subscribe-events: $MUSIC_PIPELINE_APP has not made its key blobs_extension within ten minutes; look at its log (az containerapp logs show), then run 'azd hooks run postdeploy'." >&2
      exit 1
    fi
    attempt=$((attempt + 1))
    sleep 30
  fi
done

printf '{"topicName":{"value":"%s"},"appUrl":{"value":"%s"},"blobsExtensionKey":{"value":"%s"}}' \
  "$MUSIC_EVENT_TOPIC" "$MUSIC_URL" "$key" |
  az deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name upload-events \
    --template-file "$(dirname "$0")/events.bicep" --parameters @- --output none
echo "Uploads to audio-uploads and dataset-uploads of $AZURE_STORAGE_ACCOUNT now start the pipeline."

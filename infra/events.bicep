@description('The system topic of the storage account.')
param topicName string

@description('Address of the app pipeline, such as https://ca-pipeline-….azurecontainerapps.io.')
param appUrl string

@secure()
@description('The host\'s system key blobs_extension: infra/subscribe-events.sh reads it from the running app and keeps it nowhere.')
param blobsExtensionKey string

// The container that a function watches.
var uploads = {
  ConvertAudio: 'audio-uploads'
  IngestDataset: 'dataset-uploads'
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

@batchSize(1)
resource subscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for upload in items(uploads): {
    parent: topic
    name: upload.value
    properties: {
      eventDeliverySchema: 'EventGridSchema'
      filter: {
        includedEventTypes: ['Microsoft.Storage.BlobCreated']
        subjectBeginsWith: '/blobServices/default/containers/${upload.value}/'
      }
      retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
      destination: {
        endpointType: 'WebHook'
        properties: {
          // The linter does not see that a text with a secure part is secure.
          #disable-next-line use-secure-value-for-secure-inputs
          endpointUrl: '${appUrl}/runtime/webhooks/blobs?functionName=Host.Functions.${upload.key}&code=${uriComponent(blobsExtensionKey)}'
        }
      }
    }
  }
]

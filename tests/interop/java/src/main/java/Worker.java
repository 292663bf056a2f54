import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.util.BinaryData;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventProcessorClient;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import com.azure.messaging.eventhubs.LoadBalancingStrategy;
import com.azure.messaging.eventhubs.checkpointstore.blob.BlobCheckpointStore;
import com.azure.messaging.eventhubs.models.EventBatchContext;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** One processor of azure-messaging-eventhubs with its own blob checkpoint store, which says on stdout what it does. */
public final class Worker {
    private static final Map<String, Integer> sinceCheckpoint = new ConcurrentHashMap<>();
    private static Map<String, Object> task;

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        task = BinaryData.fromString(arguments[0]).toObject(Map.class);
        if (task.get("claims") != null) {
            claimAtOnce();
            System.exit(0);
        }
        trust(text("authority"));
        BlobContainerAsyncClient blobs = new BlobContainerClientBuilder()
            .connectionString(text("storageConnectionString"))
            .containerName(text("container"))
            .buildAsyncClient();
        EventPosition start =
            text("startPosition").equals("earliest") ? EventPosition.earliest() : EventPosition.latest();
        EventProcessorClientBuilder builder = new EventProcessorClientBuilder()
            .connectionString(text("connectionString"), text("eventHubName"))
            .customEndpointAddress("https://localhost:" + number("tlsPort"))
            .consumerGroup(text("consumerGroup"))
            .checkpointStore(new BlobCheckpointStore(blobs))
            .retryOptions(new AmqpRetryOptions().setMaxRetries(3).setDelay(Duration.ofMillis(100)))
            .initialPartitionEventPosition(partitionId -> start)
            .processPartitionInitialization(context ->
                say("claimed", Map.of("partitionId", context.getPartitionContext().getPartitionId())))
            .processPartitionClose(context ->
                say("lost", Map.of(
                    "partitionId", context.getPartitionContext().getPartitionId(),
                    "reason", String.valueOf(context.getCloseReason()))))
            .processError(context ->
                say("error", Map.of(
                    "partitionId", context.getPartitionContext().getPartitionId(),
                    "message", String.valueOf(context.getThrowable()))))
            .processEventBatch(Worker::handle, number("batchSize"), Duration.ofSeconds(1));
        if (!Boolean.TRUE.equals(task.get("isByDefault"))) {
            builder
                .loadBalancingStrategy(LoadBalancingStrategy.GREEDY)
                .loadBalancingUpdateInterval(Duration.ofMillis(number("intervalMs")))
                .partitionOwnershipExpirationInterval(Duration.ofMillis(number("expirationMs")));
        }
        EventProcessorClient processor = builder.buildEventProcessorClient();

        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            processor.stop();
            say("stopped", Map.of());
            stopped.countDown();
        }));
        processor.start();
        say("started", Map.of());
        stopped.await();
    }

    /** Claims of one partition at once, each under an id of its own. Says which were granted. */
    private static void claimAtOnce() {
        BlobCheckpointStore store = store();
        String etag = store.listOwnership("localhost", text("eventHubName"), text("consumerGroup"))
            .filter(one -> one.getPartitionId().equals(text("partitionId")))
            .map(PartitionOwnership::getETag)
            .blockFirst();
        List<PartitionOwnership> claims = Stream.generate(() -> claim(etag)).limit(number("claims")).toList();
        say("started", Map.of());
        Flux.fromIterable(claims)
            .flatMap(claim -> store.claimOwnership(List.of(claim)), claims.size())
            .toIterable()
            .forEach(granted -> say("claimed", Map.of("partitionId", granted.getPartitionId())));
        say("stopped", Map.of());
    }

    private static PartitionOwnership claim(String etag) {
        return new PartitionOwnership()
            .setFullyQualifiedNamespace("localhost")
            .setEventHubName(text("eventHubName"))
            .setConsumerGroup(text("consumerGroup"))
            .setPartitionId(text("partitionId"))
            .setOwnerId(UUID.randomUUID().toString())
            .setETag(etag);
    }

    private static void handle(EventBatchContext context) {
        String partitionId = context.getPartitionContext().getPartitionId();
        List<EventData> events = context.getEvents();
        for (int index = 0; index < events.size(); index++) {
            EventData event = events.get(index);
            Map<String, Object> which =
                Map.of("partitionId", partitionId, "sequenceNumber", event.getSequenceNumber());
            say("event", which);
            pause(number("handlerMs"));
            if (!isDue(partitionId, index == events.size() - 1)) {
                continue;
            }
            checkpoint(context, event);
            say("checkpointed", which);
        }
    }

    /** The context's own updateCheckpoint is for a batch's last event. */
    private static void checkpoint(EventBatchContext context, EventData event) {
        new EventBatchContext(
            context.getPartitionContext(), List.of(event), store(), context.getLastEnqueuedEventProperties())
            .updateCheckpoint();
    }

    private static BlobCheckpointStore store() {
        return new BlobCheckpointStore(new BlobContainerClientBuilder()
            .connectionString(text("storageConnectionString"))
            .containerName(text("container"))
            .buildAsyncClient());
    }

    /** Whether the event just handled is to be checkpointed: each nth, or the last of a batch. */
    private static boolean isDue(String partitionId, boolean isLast) {
        int every = number("checkpointEvery");
        return every == 0 ? isLast : sinceCheckpoint.merge(partitionId, 1, Integer::sum) % every == 0;
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Java trusts a key store, not a PEM file. */
    private static void trust(String authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (FileInputStream pem = new FileInputStream(authority)) {
            trusted.setCertificateEntry("local", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = Files.createTempFile("trusted", ".p12");
        file.toFile().deleteOnExit();
        try (FileOutputStream written = new FileOutputStream(file.toFile())) {
            trusted.store(written, "password".toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "password");
    }

    private static synchronized void say(String kind, Map<String, Object> fields) {
        Map<String, Object> line = new LinkedHashMap<>(Map.of("kind", kind, "at", System.currentTimeMillis()));
        line.putAll(fields);
        System.out.println(BinaryData.fromObject(line));
        System.out.flush();
    }

    private static String text(String name) {
        return (String) task.get(name);
    }

    private static int number(String name) {
        return ((Number) task.get(name)).intValue();
    }
}

//! One processor of azure_messaging_eventhubs with its own blob checkpoint store, which says on stdout what it does.

use azure_core::{
    credentials::{AccessToken, TokenCredential, TokenRequestOptions},
    http::Url,
    time::{Duration, OffsetDateTime},
};
use azure_messaging_eventhubs::{
    CheckpointStore, ConsumerClient, EventProcessor, ProcessorStrategy, StartLocation, StartPosition,
    models::{Ownership, StartPositions},
    processor::PartitionClient,
};
use azure_messaging_eventhubs_checkpointstore_blob::BlobCheckpointStore;
use azure_storage_blob::BlobContainerClient;
use futures::StreamExt;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    error::Error,
    rc::Rc,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::Notify,
    task::JoinSet,
};

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    event_hub_name: String,
    consumer_group: String,
    token: String,
    #[serde(default)]
    is_by_default: bool,
    tls_port: u16,
    container_url: String,
    interval_ms: i64,
    expiration_ms: i64,
    batch_size: u32,
    handler_ms: u64,
    checkpoint_every: u32,
    start_position: String,
    partition_id: Option<String>,
    #[serde(default)]
    claims: u32,
}

fn say(kind: &str, fields: Value) {
    let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut line = json!({ "kind": kind, "at": at.as_millis() as u64 });
    if let (Some(line), Some(fields)) = (line.as_object_mut(), fields.as_object()) {
        line.extend(fields.clone());
    }
    println!("{line}");
}

/// This release takes no shared key: a token that is given from outside.
#[derive(Debug)]
struct GivenToken(String);

#[async_trait::async_trait]
impl TokenCredential for GivenToken {
    async fn get_token(
        &self,
        _scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let expires_on = OffsetDateTime::now_utc() + Duration::minutes(50);
        Ok(AccessToken::new(self.0.clone(), expires_on))
    }
}

/// A partition's session that has stopped is kept and tried again by this release: only another processor reads on.
fn is_beyond_repair(error: &impl Error) -> bool {
    error.to_string().contains("Illegal session state")
}

async fn read(task: Task, partition: Arc<PartitionClient>, anew: Rc<Notify>) {
    let partition_id = partition.get_partition_id().to_string();
    say("claimed", json!({ "partitionId": partition_id }));
    {
        let mut events = partition.stream_events();
        let mut handled = 0;
        while let Some(event) = events.next().await {
            let event = match event {
                Ok(event) => event,
                Err(error) => {
                    say("error", json!({ "partitionId": partition_id, "message": error.to_string() }));
                    if is_beyond_repair(&error) {
                        anew.notify_one();
                    }
                    break;
                }
            };
            let which = json!({ "partitionId": partition_id, "sequenceNumber": event.sequence_number() });
            say("event", which.clone());
            tokio::time::sleep(std::time::Duration::from_millis(task.handler_ms)).await;
            handled += 1;
            // There are no batches here: as many events as the others take for one.
            let every = if task.checkpoint_every == 0 { task.batch_size } else { task.checkpoint_every };
            if handled % every != 0 {
                continue;
            }
            match partition.update_checkpoint(&event).await {
                Ok(()) => say("checkpointed", which),
                Err(error) => {
                    say("error", json!({ "partitionId": partition_id, "message": error.to_string() }));
                }
            }
        }
    }
    // Closed where nobody else holds it, so that the processor may claim the partition again.
    if let Ok(partition) = Arc::try_unwrap(partition) {
        let _ = partition.close().await;
    }
    say("lost", json!({ "partitionId": partition_id }));
}

/// Claims of one partition at once, each under an id of its own. Says which were granted.
async fn claim_at_once(task: &Task) -> Result<(), Box<dyn Error>> {
    let container = BlobContainerClient::new(Url::parse(&task.container_url)?, None, None)?;
    let store = BlobCheckpointStore::new(container);
    let partition_id = task.partition_id.clone().unwrap_or_default();
    let known = store.list_ownerships("localhost", &task.event_hub_name, &task.consumer_group).await?;
    let claim = Ownership {
        fully_qualified_namespace: "localhost".into(),
        event_hub_name: task.event_hub_name.clone(),
        consumer_group: task.consumer_group.clone(),
        etag: known.into_iter().find(|one| one.partition_id == partition_id).and_then(|one| one.etag),
        partition_id,
        ..Default::default()
    };
    say("started", json!({}));
    let claims: Vec<_> = (0..task.claims)
        .map(|number| [Ownership { owner_id: Some(format!("claimant-{number}")), ..claim.clone() }])
        .collect();
    for granted in futures::future::join_all(claims.iter().map(|claim| store.claim_ownership(claim))).await {
        for one in granted? {
            say("claimed", json!({ "partitionId": one.partition_id }));
        }
    }
    say("stopped", json!({}));
    Ok(())
}

async fn run(task: &Task) -> Result<(), Box<dyn Error>> {
    let consumer = ConsumerClient::builder()
        .with_consumer_group(task.consumer_group.clone())
        .with_custom_endpoint(format!("amqps://localhost:{}", task.tls_port))
        .open("localhost", task.event_hub_name.clone(), Arc::new(GivenToken(task.token.clone())))
        .await?;
    let container = BlobContainerClient::new(Url::parse(&task.container_url)?, None, None)?;
    let location = match task.start_position.as_str() {
        "earliest" => StartLocation::Earliest,
        _ => StartLocation::Latest,
    };
    let mut builder = EventProcessor::builder();
    if !task.is_by_default {
        builder = builder
            .with_load_balancing_strategy(ProcessorStrategy::Greedy)
            .with_update_interval(Duration::milliseconds(task.interval_ms))
            .with_partition_expiration_duration(Duration::milliseconds(task.expiration_ms));
    }
    let processor = builder
        .with_prefetch(task.batch_size)
        .with_start_positions(StartPositions {
            default: StartPosition { location, ..Default::default() },
            ..Default::default()
        })
        .build(consumer, BlobCheckpointStore::new(container))
        .await?;
    // A partition's stream stays in its thread.
    let anew = Rc::new(Notify::new());
    let taking = async {
        let mut readers = JoinSet::new();
        while let Ok(partition) = processor.next_partition_client().await {
            readers.spawn_local(read(task.clone(), partition, anew.clone()));
        }
    };
    // Whichever is first ends the others, and the readers with them.
    tokio::select! {
        ended = processor.run() => ended?,
        () = taking => {}
        () = anew.notified() => say("error", json!({ "message": "The processor is begun anew." })),
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    tokio::task::LocalSet::new().run_until(work()).await
}

async fn work() -> Result<(), Box<dyn Error>> {
    let task: Task = serde_json::from_str(&std::env::args().nth(1).unwrap_or_default())?;
    if task.claims > 0 {
        return claim_at_once(&task).await;
    }
    let mut stop = signal(SignalKind::terminate())?;
    say("started", json!({}));
    loop {
        // A processor that fails ends, and is started again by whoever runs it.
        tokio::select! {
            ended = run(&task) => if let Err(error) = ended {
                say("error", json!({ "message": error.to_string() }));
            },
            _ = stop.recv() => break,
        }
        let pause = std::time::Duration::from_millis(task.interval_ms as u64);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.recv() => break,
        }
    }
    // A processor that has run can't be closed in this release: what it owns expires.
    say("stopped", json!({}));
    Ok(())
}

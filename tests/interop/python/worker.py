"""One processor of azure-eventhub with its own blob checkpoint store, which says on stdout what it does."""

import asyncio
import json
import signal
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from azure.eventhub import EventHubConsumerClient
from azure.eventhub.aio import EventHubConsumerClient as AsyncEventHubConsumerClient
from azure.eventhub.extensions.checkpointstoreblob import BlobCheckpointStore
from azure.eventhub.extensions.checkpointstoreblobaio import (
    BlobCheckpointStore as AsyncBlobCheckpointStore,
)

task = json.loads(sys.argv[1])
lock = threading.Lock()
since_checkpoint = {}


def say(kind, **fields):
    line = json.dumps({"kind": kind, "at": int(time.time() * 1000), **fields})
    with lock:
        print(line, flush=True)


def intervals():
    if task.get("isByDefault"):
        return {}
    return {
        "load_balancing_interval": task["intervalMs"] / 1000,
        "partition_ownership_expiration_interval": task["expirationMs"] / 1000,
    }


def client_options(store):
    return {
        "consumer_group": task["consumerGroup"],
        "eventhub_name": task["eventHubName"],
        "checkpoint_store": store,
        "custom_endpoint_address": f"sb://localhost:{task['tlsPort']}",
        "connection_verify": task["authority"],
        **intervals(),
        "retry_total": 3,
        "retry_backoff_factor": 0.1,
    }


def receive_options():
    start = "-1" if task["startPosition"] == "earliest" else "@latest"
    options = {"starting_position": start, "prefetch": task["batchSize"]}
    if task.get("partitionId") is not None:
        options["partition_id"] = task["partitionId"]
    if task.get("ownerLevel") is not None:
        options["owner_level"] = task["ownerLevel"]
    return options


def due(partition_id, is_last):
    """Whether the event just handled is to be checkpointed: each nth, or the last of a batch."""
    if task["checkpointEvery"] == 0:
        return is_last
    count = since_checkpoint.get(partition_id, 0) + 1
    since_checkpoint[partition_id] = count % task["checkpointEvery"]
    return count >= task["checkpointEvery"]


def claimed(context):
    say("claimed", partitionId=context.partition_id)


def lost(context, reason):
    say("lost", partitionId=context.partition_id, reason=reason.name)


def failed(context, error):
    say("error", partitionId=context.partition_id if context else None, message=repr(error))


def handling(context, event):
    say("event", partitionId=context.partition_id, sequenceNumber=event.sequence_number)


def checkpointed(context, event):
    say("checkpointed", partitionId=context.partition_id, sequenceNumber=event.sequence_number)


WHERE = ("localhost", task["eventHubName"], task["consumerGroup"])


def claims(listed):
    """So many claims of one partition, each under an id of its own."""
    known = [one for one in listed if one["partition_id"] == task["partitionId"]]
    address = {
        "fully_qualified_namespace": WHERE[0],
        "eventhub_name": WHERE[1],
        "consumer_group": WHERE[2],
        "partition_id": task["partitionId"],
        **({"etag": known[0]["etag"]} if known else {}),
    }
    return [{**address, "owner_id": str(uuid.uuid4())} for _ in range(task["claims"])]


def granted(answers):
    for answer in answers:
        for one in answer:
            say("claimed", partitionId=one["partition_id"])


async def claim_async(store):
    asked = claims(await store.list_ownership(*WHERE))
    say("started")
    granted(await asyncio.gather(*(store.claim_ownership([one]) for one in asked)))
    await store.close()


def claim_sync(store):
    asked = claims(store.list_ownership(*WHERE))
    say("started")
    with ThreadPoolExecutor(len(asked)) as threads:
        granted(list(threads.map(lambda one: store.claim_ownership([one]), asked)))
    store.close()


async def run_async():
    store = AsyncBlobCheckpointStore.from_connection_string(
        task["storageConnectionString"], task["container"]
    )
    if task.get("claims"):
        await claim_async(store)
        return
    client = AsyncEventHubConsumerClient.from_connection_string(
        task["connectionString"], **client_options(store)
    )

    async def on_batch(context, events):
        for event in events:
            handling(context, event)
            await asyncio.sleep(task["handlerMs"] / 1000)
            if due(context.partition_id, event is events[-1]):
                await context.update_checkpoint(event)
                checkpointed(context, event)

    async def on_initialize(context):
        claimed(context)

    async def on_close(context, reason):
        lost(context, reason)

    async def on_error(context, error):
        failed(context, error)

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    receiving = asyncio.ensure_future(
        client.receive_batch(
            on_batch,
            max_batch_size=task["batchSize"],
            on_partition_initialize=on_initialize,
            on_partition_close=on_close,
            on_error=on_error,
            **receive_options(),
        )
    )
    say("started")
    await stop.wait()
    await client.close()
    await receiving
    await store.close()


def run_sync():
    store = BlobCheckpointStore.from_connection_string(
        task["storageConnectionString"], task["container"]
    )
    if task.get("claims"):
        claim_sync(store)
        return
    client = EventHubConsumerClient.from_connection_string(
        task["connectionString"], **client_options(store)
    )

    def on_batch(context, events):
        for event in events:
            handling(context, event)
            time.sleep(task["handlerMs"] / 1000)
            if due(context.partition_id, event is events[-1]):
                context.update_checkpoint(event)
                checkpointed(context, event)

    receiving = threading.Thread(
        target=client.receive_batch,
        args=(on_batch,),
        kwargs={
            "max_batch_size": task["batchSize"],
            "on_partition_initialize": claimed,
            "on_partition_close": lost,
            "on_error": failed,
            **receive_options(),
        },
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    receiving.start()
    say("started")
    stop.wait()
    client.close()
    receiving.join()
    store.close()


if task.get("variant") == "sync":
    run_sync()
else:
    asyncio.run(run_async())
say("stopped")

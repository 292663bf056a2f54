// One processor of azeventhubs with its own blob checkpoint store, which says on stdout what it does.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azeventhubs/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azeventhubs/v2/checkpoints"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

type task struct {
	EventHubName            string
	ConsumerGroup           string
	ConnectionString        string
	TLSPort                 int
	Authority               string
	StorageConnectionString string
	Container               string
	IsByDefault             bool
	IntervalMs              int
	ExpirationMs            int
	BatchSize               int
	HandlerMs               int
	CheckpointEvery         int
	StartPosition           string
	PartitionID             *string
	Claims                  int
	OwnerLevel              *int64
}

type line struct {
	Kind           string `json:"kind"`
	At             int64  `json:"at"`
	PartitionID    string `json:"partitionId,omitempty"`
	SequenceNumber *int64 `json:"sequenceNumber,omitempty"`
	Message        string `json:"message,omitempty"`
}

var output sync.Mutex

func say(l line) {
	l.At = time.Now().UnixMilli()
	text, _ := json.Marshal(l)
	output.Lock()
	defer output.Unlock()
	fmt.Println(string(text))
}

// What a processor's partition and a single one have in common.
type reader interface {
	ReceiveEvents(context.Context, int, *azeventhubs.ReceiveEventsOptions) ([]*azeventhubs.ReceivedEventData, error)
	Close(context.Context) error
}

type checkpointer func(context.Context, *azeventhubs.ReceivedEventData) error

func read(ctx context.Context, t task, partitionID string, from reader, checkpoint checkpointer) {
	say(line{Kind: "claimed", PartitionID: partitionID})
	defer func() {
		_ = from.Close(context.Background())
		say(line{Kind: "lost", PartitionID: partitionID})
	}()
	handled := 0
	for ctx.Err() == nil {
		waiting, cancel := context.WithTimeout(ctx, wait(t, handled))
		events, err := from.ReceiveEvents(waiting, t.BatchSize, nil)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			if ctx.Err() == nil {
				say(line{Kind: "error", PartitionID: partitionID, Message: err.Error()})
			}
			return
		}
		if t.PartitionID != nil && handled == 0 && len(events) == 0 {
			// It may have been refused till now, while the checkpoint that it begins at was moved.
			return
		}
		for index, event := range events {
			number := event.SequenceNumber
			say(line{Kind: "event", PartitionID: partitionID, SequenceNumber: &number})
			time.Sleep(time.Duration(t.HandlerMs) * time.Millisecond)
			handled++
			isDue := t.CheckpointEvery > 0 && handled%t.CheckpointEvery == 0
			if !isDue && (t.CheckpointEvery > 0 || index < len(events)-1) {
				continue
			}
			if err := checkpoint(ctx, event); err != nil {
				say(line{Kind: "error", PartitionID: partitionID, Message: err.Error()})
				return
			}
			say(line{Kind: "checkpointed", PartitionID: partitionID, SequenceNumber: &number})
		}
	}
}

// The first one opens the link, which is begun anew if it takes longer.
func wait(t task, handled int) time.Duration {
	if t.PartitionID != nil && handled == 0 {
		return 5 * time.Second
	}
	return time.Second
}

func start(t task) azeventhubs.StartPosition {
	yes := true
	if t.StartPosition == "earliest" {
		return azeventhubs.StartPosition{Earliest: &yes}
	}
	return azeventhubs.StartPosition{Latest: &yes}
}

const namespace = "localhost"

// Without load balancing there is no checkpoint of the library's own to begin at.
func checkpointed(ctx context.Context, t task, store *checkpoints.BlobStore) (azeventhubs.StartPosition, error) {
	known, err := store.ListCheckpoints(ctx, namespace, t.EventHubName, t.ConsumerGroup, nil)
	for _, each := range known {
		if each.PartitionID == *t.PartitionID && each.Offset != nil {
			return azeventhubs.StartPosition{Offset: each.Offset}, err
		}
	}
	return start(t), err
}

func readOne(ctx context.Context, t task, client *azeventhubs.ConsumerClient, store *checkpoints.BlobStore) error {
	address := azeventhubs.Checkpoint{
		FullyQualifiedNamespace: namespace,
		EventHubName:            t.EventHubName,
		ConsumerGroup:           t.ConsumerGroup,
		PartitionID:             *t.PartitionID,
	}
	for ctx.Err() == nil {
		position, err := checkpointed(ctx, t, store)
		if err != nil {
			return err
		}
		options := &azeventhubs.PartitionClientOptions{StartPosition: position, OwnerLevel: t.OwnerLevel}
		partition, err := client.NewPartitionClient(*t.PartitionID, options)
		if err != nil {
			return err
		}
		read(ctx, t, *t.PartitionID, partition, func(ctx context.Context, event *azeventhubs.ReceivedEventData) error {
			address.Offset, address.SequenceNumber = &event.Offset, &event.SequenceNumber
			return store.SetCheckpoint(ctx, address, nil)
		})
		// It was thrown out, and may be refused for a while.
		pause(ctx, t)
	}
	return nil
}

func pause(ctx context.Context, t task) {
	select {
	case <-time.After(time.Duration(t.IntervalMs) * time.Millisecond):
	case <-ctx.Done():
	}
}

// Claims of one partition at once, each under an id of its own. Says which were granted.
func claimAtOnce(ctx context.Context, t task) error {
	store, err := openStore(t)
	if err != nil {
		return err
	}
	claim := azeventhubs.Ownership{
		FullyQualifiedNamespace: namespace,
		EventHubName:            t.EventHubName,
		ConsumerGroup:           t.ConsumerGroup,
		PartitionID:             *t.PartitionID,
	}
	known, err := store.ListOwnership(ctx, namespace, t.EventHubName, t.ConsumerGroup, nil)
	if err != nil {
		return err
	}
	for _, each := range known {
		if each.PartitionID == *t.PartitionID {
			claim.ETag = each.ETag
		}
	}
	say(line{Kind: "started"})
	var claiming sync.WaitGroup
	for number := range t.Claims {
		one := claim
		one.OwnerID = fmt.Sprintf("claimant-%d", number)
		claiming.Go(func() {
			granted, err := store.ClaimOwnership(ctx, []azeventhubs.Ownership{one}, nil)
			if err != nil {
				say(line{Kind: "error", Message: err.Error()})
			}
			for _, each := range granted {
				say(line{Kind: "claimed", PartitionID: each.PartitionID})
			}
		})
	}
	claiming.Wait()
	return nil
}

func openStore(t task) (*checkpoints.BlobStore, error) {
	blobs, err := container.NewClientFromConnectionString(t.StorageConnectionString, t.Container, nil)
	if err != nil {
		return nil, err
	}
	return checkpoints.NewBlobStore(blobs, nil)
}

func run(ctx context.Context, t task) error {
	authority, err := os.ReadFile(t.Authority)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	client, err := azeventhubs.NewConsumerClientFromConnectionString(t.ConnectionString, t.EventHubName, t.ConsumerGroup,
		&azeventhubs.ConsumerClientOptions{
			TLSConfig:      &tls.Config{RootCAs: roots, ServerName: "localhost"},
			CustomEndpoint: fmt.Sprintf("localhost:%d", t.TLSPort),
			RetryOptions:   azeventhubs.RetryOptions{MaxRetries: 3, RetryDelay: 100 * time.Millisecond},
		})
	if err != nil {
		return err
	}
	defer func() { _ = client.Close(context.Background()) }()
	store, err := openStore(t)
	if err != nil {
		return err
	}
	if t.PartitionID != nil {
		return readOne(ctx, t, client, store)
	}
	options := azeventhubs.ProcessorOptions{
		StartPositions: azeventhubs.StartPositions{Default: start(t)},
		Prefetch:       int32(t.BatchSize),
	}
	if !t.IsByDefault {
		options.LoadBalancingStrategy = azeventhubs.ProcessorStrategyGreedy
		options.UpdateInterval = time.Duration(t.IntervalMs) * time.Millisecond
		options.PartitionExpirationDuration = time.Duration(t.ExpirationMs) * time.Millisecond
	}
	processor, err := azeventhubs.NewProcessor(client, store, &options)
	if err != nil {
		return err
	}
	var reading sync.WaitGroup
	reading.Go(func() {
		for partition := processor.NextPartitionClient(ctx); partition != nil; partition = processor.NextPartitionClient(ctx) {
			reading.Go(func() {
				read(ctx, t, partition.PartitionID(), partition, func(ctx context.Context, event *azeventhubs.ReceivedEventData) error {
					return partition.UpdateCheckpoint(ctx, event, nil)
				})
			})
		}
	})
	err = processor.Run(ctx)
	reading.Wait()
	return err
}

func main() {
	var t task
	if err := json.Unmarshal([]byte(os.Args[1]), &t); err != nil {
		panic(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if t.Claims > 0 {
		if err := claimAtOnce(ctx, t); err != nil {
			panic(err)
		}
		say(line{Kind: "stopped"})
		return
	}
	say(line{Kind: "started"})
	for ctx.Err() == nil {
		// A processor that fails ends, and is started again by whoever runs it.
		if err := run(ctx, t); err != nil && ctx.Err() == nil {
			say(line{Kind: "error", Message: err.Error()})
			pause(ctx, t)
		}
	}
	say(line{Kind: "stopped"})
}

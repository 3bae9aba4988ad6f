package dev.milvuso.vector.milvus;

import io.milvus.common.utils.GTsDict;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.GetMetricsRequest;
import io.milvus.grpc.GetMetricsResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.ShowType;
import io.milvus.grpc.UpsertRequest;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.utils.ClientUtils;
import io.milvus.v2.utils.RpcUtils;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Calls in Milvus's protocol, by a connection of their own beside the SDK's client: writes, since that takes rows of
 * JSON alone and keeps what a server says of a delete, and what it has no call for. The connection is made by the
 * first. Failures are the SDK's.
 */
final class MilvusProtocol implements AutoCloseable {
    /** Per cent in memory. */
    private static final long WHOLE = 100;

    private final ManagedChannel channel;
    private final MilvusServiceGrpc.MilvusServiceBlockingStub server;
    private final RpcUtils answers = new RpcUtils();
    private final String database;

    /** @param connection as the client's */
    MilvusProtocol(ConnectConfig connection, RetryConfig retries, String database) {
        this.channel = new ClientUtils().getChannel(connection);
        this.server = MilvusServiceGrpc.newBlockingStub(channel).withWaitForReady();
        this.database = database;
        answers.retryConfig(retries);
    }

    MutationResult insert(InsertRequest rows) {
        return acknowledged(rows.getCollectionName(), () -> server.insert(rows));
    }

    MutationResult upsert(UpsertRequest rows) {
        return acknowledged(rows.getCollectionName(), () -> server.upsert(rows));
    }

    MutationResult delete(DeleteRequest rows) {
        return acknowledged(rows.getCollectionName(), () -> server.delete(rows));
    }

    private MutationResult acknowledged(String collection, Callable<MutationResult> write) {
        return answers.retry(() -> {
            MutationResult result = write.call();
            answers.handleResponse("Write to collection '" + collection + "'", result.getStatus());
            // Where reads of the same session look up what they must wait for.
            GTsDict.getInstance()
                    .updateCollectionTs(GTsDict.CombineCollectionName(database, collection), result.getTimestamp());
            return result;
        });
    }

    /** The names of the partitions of a collection that are loaded. */
    @SuppressWarnings("deprecation") // What the protocol has in its place is asked of one partition at a time.
    Set<String> loadedPartitions(String collection) {
        ShowPartitionsRequest request = ShowPartitionsRequest.newBuilder()
                .setCollectionName(collection)
                .setType(ShowType.InMemory)
                .build();
        return answers.retry(() -> {
            ShowPartitionsResponse answer = server.showPartitions(request);
            answers.handleResponse("Show the partitions of collection '" + collection + "'", answer.getStatus());
            Set<String> loaded = new TreeSet<>();
            for (int i = 0; i < answer.getPartitionNamesCount(); i++) {
                if (answer.getInMemoryPercentages(i) == WHOLE) {
                    loaded.add(answer.getPartitionNames(i));
                }
            }
            return loaded;
        });
    }

    /** What the server says of its processes, in JSON: see {@link MilvusMetrics}. */
    String systemInfo() {
        GetMetricsRequest request = GetMetricsRequest.newBuilder()
                .setRequest(MilvusMetrics.SYSTEM_INFO)
                .build();
        return answers.retry(() -> {
            GetMetricsResponse answer = server.getMetrics(request);
            answers.handleResponse("Get the metrics of the server", answer.getStatus());
            return answer.getResponse();
        });
    }

    /** The numbers of the query nodes that hold replicas of a collection that is loaded. */
    Set<Long> queryNodes(long collection) {
        GetReplicasRequest request = GetReplicasRequest.newBuilder()
                .setCollectionID(collection)
                .setWithShardNodes(true)
                .build();
        return answers.retry(() -> {
            GetReplicasResponse answer = server.getReplicas(request);
            answers.handleResponse("Get the replicas of collection " + collection, answer.getStatus());
            return answer.getReplicasList().stream()
                    .flatMap(replica -> replica.getNodeIdsList().stream())
                    .collect(Collectors.toSet());
        });
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}

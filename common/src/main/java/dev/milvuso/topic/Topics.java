package dev.milvuso.topic;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserEventCodec;
import dev.milvuso.embedding.EmbeddingCodec;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.example.TrainingExampleCodec;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.FeatureSnapshotCodec;
import java.util.List;

/**
 * The topics in the order in which the data go through them.
 *
 * @param userActions every accepted action, every served list, erasures of users, and heartbeats. Key: user id. Written
 *     by recommender-server. Read by feature-worker, joiner-job and recommender-server
 * @param features what was known of user and item as of an action. Key: user id. Written by feature-worker. Read by
 *     joiner-job
 * @param trainingExamples joined and labelled. Key: user id. Written by joiner-job. Read by trainer
 * @param embeddings the rows the trainer has touched, compacted. Key: model version, kind and id. Written by trainer.
 *     Read by recommender-server
 */
public record Topics(
        Topic<UserEvent> userActions,
        Topic<FeatureSnapshot> features,
        Topic<TrainingExample> trainingExamples,
        Topic<EmbeddingRecord> embeddings) {

    /** @throws IllegalArgumentException if two topics have the same name */
    public static Topics named(String userActions, String features, String trainingExamples, String embeddings) {
        if (List.of(userActions, features, trainingExamples, embeddings).stream()
                        .distinct()
                        .count()
                < 4) {
            throw new IllegalArgumentException("two topics have the same name");
        }
        return new Topics(
                new Topic<>(userActions, Topics::userOf, new UserEventCodec()),
                new Topic<>(features, snapshot -> snapshot.userId().value(), new FeatureSnapshotCodec()),
                new Topic<>(trainingExamples, example -> example.userId().value(), new TrainingExampleCodec()),
                new Topic<>(embeddings, EmbeddingRecord::key, new EmbeddingCodec()));
    }

    private static String userOf(UserEvent event) {
        if (event instanceof Action action) {
            return action.userId().value();
        }
        if (event instanceof ServedList list) {
            return list.userId().value();
        }
        if (event instanceof Erasure erasure) {
            return erasure.userId().value();
        }
        return "";
    }
}

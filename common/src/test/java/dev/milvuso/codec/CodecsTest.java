package dev.milvuso.codec;

import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserEventCodec;
import dev.milvuso.embedding.EmbeddingCodec;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.example.TrainingExampleCodec;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.FeatureSnapshotCodec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CodecsTest {
    @Nested
    class UserEvents extends JsonCodecContract<UserEvent> {
        UserEvents() {
            super(new UserEventCodec());
        }

        @Override
        UserEvent record(RandomRecords random) {
            return random.event();
        }
    }

    @Nested
    class Snapshots extends JsonCodecContract<FeatureSnapshot> {
        Snapshots() {
            super(new FeatureSnapshotCodec());
        }

        @Override
        FeatureSnapshot record(RandomRecords random) {
            return random.snapshot();
        }
    }

    @Nested
    class Examples extends JsonCodecContract<TrainingExample> {
        Examples() {
            super(new TrainingExampleCodec());
        }

        @Override
        TrainingExample record(RandomRecords random) {
            return random.example();
        }
    }

    @Nested
    class Embeddings extends CodecContract<EmbeddingRecord> {
        Embeddings() {
            super(new EmbeddingCodec());
        }

        @Override
        EmbeddingRecord record(RandomRecords random) {
            return random.embedding();
        }

        /** Wherever a length stands, it says 65,535 now. */
        @Test
        void lengthsBeyondTheRecordAreReadOrRefused() {
            for (int seed = 0; seed < 200; seed++) {
                byte[] bytes = bytes(seed);
                for (int at = 10; at + 1 < Math.min(bytes.length, 200); at++) {
                    byte[] changed = bytes.clone();
                    changed[at] = (byte) 0xff;
                    changed[at + 1] = (byte) 0xff;
                    decodeOrRefuse(changed);
                }
            }
        }
    }
}

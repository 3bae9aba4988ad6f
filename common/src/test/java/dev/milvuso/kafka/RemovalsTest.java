package dev.milvuso.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RemovalsTest {
    private static final ModelVersion VERSION = new ModelVersion("v-1.2");

    private static ConsumerRecord<String, byte[]> read(String key, Headers headers) {
        return new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, key, null, headers, Optional.empty());
    }

    @Test
    void whatIsReadIsWhatWasWrittenAlsoWhenAnIdHoldsColons() throws MalformedRecordException {
        for (Kind kind : Kind.values()) {
            Removal removal = new Removal(VERSION, kind, "a:item:b", 3, Long.MAX_VALUE);
            ProducerRecord<String, byte[]> written = Removals.encode("t", removal);
            assertThat(written.value()).isNull();
            assertThat(Removals.decode(read(written.key(), written.headers()))).isEqualTo(removal);
        }
    }

    @Test
    void itHasTheKeyOfTheEmbeddingsThatItEnds() {
        assertThat(new Removal(VERSION, Kind.USER, "ann", 1, 1).key())
                .isEqualTo(new Embedding(VERSION, Kind.USER, "ann", new float[2], 0, 1, 1, 0).key());
    }

    @Test
    void aRecordThatRemovesNothingIsRefused() {
        Headers at = Removals.encode("t", new Removal(VERSION, Kind.USER, "ann", 1, 1))
                .headers();
        for (String key : new String[] {"activation", "v1:user", "v1:guest:ann", "not a version:user:ann"}) {
            assertThatThrownBy(() -> Removals.decode(read(key, at))).isInstanceOf(MalformedRecordException.class);
        }
        assertThatThrownBy(() -> Removals.decode(read("v1:user:ann", new RecordHeaders())))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("milvuso.at");
    }
}

package dev.milvuso.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserEventCodecTest {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

    private final UserEventCodec codec = new UserEventCodec();

    private static Action action(Optional<RequestId> request, OptionalDouble value, Map<String, String> context) {
        return new Action(
                new EventId("e"), new UserId("ü😀"), new ItemId("商品"), "Rate", AT, AT, request, value, context);
    }

    @Test
    void anActionComesBackWithAndWithoutWhatIsOptional() throws MalformedRecordException {
        Action full = action(Optional.of(new RequestId("r")), OptionalDouble.of(2.5), Map.of("page", "\"a\"\n"));
        Action bare = action(Optional.empty(), OptionalDouble.empty(), Map.of());

        assertThat(codec.decode(codec.encode(full))).isEqualTo(full);
        assertThat(codec.decode(codec.encode(bare))).isEqualTo(bare);
    }

    @Test
    void aServedListAndAHeartbeatComeBack() throws MalformedRecordException {
        ServedList list = new ServedList(
                new RequestId("r"), new UserId("u"), "v1", AT, List.of(new ServedList.Shown(new ItemId("i"), 0.5f)));

        assertThat(codec.decode(codec.encode(list))).isEqualTo(list);
        assertThat(codec.decode(codec.encode(new Heartbeat(AT)))).isEqualTo(new Heartbeat(AT));
    }

    @Test
    void anErasureComesBack() throws MalformedRecordException {
        Erasure erasure = new Erasure(new UserId("ü"), AT);

        assertThat(codec.decode(codec.encode(erasure))).isEqualTo(erasure);
    }

    @Test
    void unknownFieldsAreIgnored() throws MalformedRecordException {
        assertThat(decode("{\"schema\":1,\"new\":{\"a\":[1]},\"heartbeat\":true,\"timestamp\":5}"))
                .isEqualTo(new Heartbeat(Instant.ofEpochMilli(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"schema\":2,\"heartbeat\":true,\"timestamp\":5}",
                "{\"schema\":\"1\",\"heartbeat\":true,\"timestamp\":5}",
                "{\"heartbeat\":true,\"timestamp\":5}",
                "{\"schema\":1,\"heartbeat\":true}",
                "{\"schema\":1,\"heartbeat\":true,\"timestamp\":5}{}",
                "{\"schema\":1,\"heartbeat\":true,\"timestamp\":5",
                "{\"schema\":1,\"heartbeat\":true,\"timestamp\":99999999999999999999}",
                "{\"schema\":99999999999999,\"heartbeat\":true,\"timestamp\":5}",
                "{\"schema\":1,\"user_id\":\"a b\",\"timestamp\":5}",
                "{\"schema\":1,\"user_id\":\"u\",\"request_id\":\"r\",\"timestamp\":5,\"items\":[]}",
                "{\"schema\":1,\"user_id\":\"u\",\"request_id\":\"r\",\"timestamp\":5,\"items\":[7]}"
            })
    void whatIsNotAnEventIsRefused(String text) {
        assertThatThrownBy(() -> decode(text)).isInstanceOf(MalformedRecordException.class);
    }

    private UserEvent decode(String text) throws MalformedRecordException {
        return codec.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}

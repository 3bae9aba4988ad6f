package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.joiner.core.EventKey;
import dev.milvuso.joiner.core.Request;
import dev.milvuso.joiner.core.Settled;
import dev.milvuso.joiner.core.Waiting;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Every type that crosses the network or lies in state. */
public final class Types {
    static final TypeInformation<EventKey> EVENT_KEY = new PlainType<>(EventKey.class, EventKeySerializer.INSTANCE);
    static final TypeInformation<Fact> FACT = new PlainType<>(Fact.class, FactSerializer.INSTANCE);
    public static final TypeInformation<EncodedExample> EXAMPLE =
            new PlainType<>(EncodedExample.class, EncodedExampleSerializer.INSTANCE);
    static final TypeInformation<DeadLetter> DEAD_LETTER =
            new PlainType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    static final TypeInformation<Waiting> WAITING = new PlainType<>(Waiting.class, WaitingSerializer.INSTANCE);
    static final TypeInformation<Request> REQUEST = new PlainType<>(Request.class, RequestSerializer.INSTANCE);
    static final TypeInformation<Settled> SETTLED = new PlainType<>(Settled.class, SettledSerializer.INSTANCE);

    private Types() {}
}

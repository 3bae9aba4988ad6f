package dev.milvuso.embedding;

import dev.milvuso.codec.Codec;
import dev.milvuso.codec.MalformedRecordException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The compact binary form of the topic {@code embeddings}, big-endian: schema (1 byte, 1), type (1 byte: 0 user, 1
 * item, 2 activation, 3 ranker), epoch (8), version (1 byte of length, then UTF-8). An activation goes on with a number
 * of items (8). An embedding goes on with id (2 bytes of length, then UTF-8), step (8), acceptedAt (8), bias (4),
 * dimension (2) and the vector (4 each). A ranker goes on with step (8), whether it is better (1), lists (8), NDCG of
 * retrieval (4) and ranker (4), the names' count (2), each as a text like an id, the numbers' count (2) and the numbers
 * (4 each). A record that holds a number beyond {@link Embedding#LARGEST} is malformed.
 */
public final class EmbeddingCodec implements Codec<EmbeddingRecord> {
    private static final byte SCHEMA = 1;
    private static final byte USER = 0;
    private static final byte ITEM = 1;
    private static final byte ACTIVATION = 2;
    private static final byte RANKER = 3;

    @Override
    public byte[] encode(EmbeddingRecord value) {
        if (value instanceof Activation activation) {
            byte[] version = utf8(activation.version().value());
            byte[] bytes = new byte[11 + version.length + 8];
            header(bytes, ACTIVATION, activation.epoch(), version).putLong(activation.items());
            return bytes;
        }
        if (value instanceof RankerWeights weights) {
            return encode(weights);
        }
        Embedding embedding = (Embedding) value;
        byte[] version = utf8(embedding.version().value());
        byte[] id = utf8(embedding.id());
        float[] vector = embedding.vector();
        byte[] bytes = new byte[11 + version.length + 2 + id.length + 8 + 8 + 4 + 2 + 4 * vector.length];
        byte type = embedding.kind() == Kind.USER ? USER : ITEM;
        ByteBuffer out = header(bytes, type, embedding.epoch(), version);
        out.putShort((short) id.length).put(id);
        out.putLong(embedding.step()).putLong(embedding.acceptedAt()).putFloat(embedding.bias());
        out.putShort((short) vector.length).asFloatBuffer().put(vector);
        return bytes;
    }

    private static byte[] encode(RankerWeights weights) {
        byte[] version = utf8(weights.version().value());
        List<byte[]> names = weights.names().stream().map(EmbeddingCodec::utf8).toList();
        float[] parameters = weights.parameters();
        int length = names.stream().mapToInt(name -> 2 + name.length).sum();
        byte[] bytes = new byte[11 + version.length + 8 + 1 + 8 + 4 + 4 + 2 + length + 2 + 4 * parameters.length];
        ByteBuffer out = header(bytes, RANKER, weights.epoch(), version);
        out.putLong(weights.step()).put((byte) (weights.isBetter() ? 1 : 0)).putLong(weights.lists());
        out.putFloat(weights.retrieval()).putFloat(weights.ranker()).putShort((short) names.size());
        names.forEach(name -> out.putShort((short) name.length).put(name));
        out.putShort((short) parameters.length).asFloatBuffer().put(parameters);
        return bytes;
    }

    private static ByteBuffer header(byte[] bytes, byte type, long epoch, byte[] version) {
        return ByteBuffer.wrap(bytes)
                .put(SCHEMA)
                .put(type)
                .putLong(epoch)
                .put((byte) version.length)
                .put(version);
    }

    @Override
    public EmbeddingRecord decode(byte[] bytes) throws MalformedRecordException {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException e) {
            throw new MalformedRecordException("the record ends after " + bytes.length + " bytes, too early");
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static EmbeddingRecord read(ByteBuffer in) throws MalformedRecordException {
        byte schema = in.get();
        if (schema != SCHEMA) {
            throw new MalformedRecordException("unknown schema version " + schema);
        }
        byte type = in.get();
        long epoch = in.getLong();
        ModelVersion version = new ModelVersion(text(in, Byte.toUnsignedInt(in.get())));
        EmbeddingRecord read = switch (type) {
            case ACTIVATION -> new Activation(version, epoch, in.getLong());
            case RANKER -> readRanker(in, epoch, version);
            case USER -> readEmbedding(in, Kind.USER, epoch, version);
            case ITEM -> readEmbedding(in, Kind.ITEM, epoch, version);
            default -> throw new MalformedRecordException("unknown record type " + type);
        };
        if (in.hasRemaining()) {
            throw new MalformedRecordException(in.remaining() + " bytes too many");
        }
        return read;
    }

    private static Embedding readEmbedding(ByteBuffer in, Kind kind, long epoch, ModelVersion version)
            throws MalformedRecordException {
        String id = text(in, Short.toUnsignedInt(in.getShort()));
        long step = in.getLong();
        long acceptedAt = in.getLong();
        float bias = in.getFloat();
        float[] vector = numbers(in);
        checkNumbers(kind, id, bias, vector);
        return new Embedding(version, kind, id, vector, bias, epoch, step, acceptedAt);
    }

    private static RankerWeights readRanker(ByteBuffer in, long epoch, ModelVersion version) {
        long step = in.getLong();
        boolean isBetter = in.get() == 1;
        long lists = in.getLong();
        float retrieval = in.getFloat();
        float ranker = in.getFloat();
        List<String> names = new ArrayList<>();
        for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            names.add(text(in, Short.toUnsignedInt(in.getShort())));
        }
        return new RankerWeights(version, epoch, step, isBetter, lists, retrieval, ranker, names, numbers(in));
    }

    private static float[] numbers(ByteBuffer in) {
        float[] numbers = new float[Short.toUnsignedInt(in.getShort())];
        if (in.remaining() < 4 * numbers.length) {
            throw new BufferUnderflowException();
        }
        in.asFloatBuffer().get(numbers);
        in.position(in.position() + 4 * numbers.length);
        return numbers;
    }

    private static void checkNumbers(Kind kind, String id, float bias, float[] vector) throws MalformedRecordException {
        String rule = ": it must be finite and at most " + Embedding.LARGEST + " in magnitude";
        if (!Embedding.isServable(bias)) {
            throw new MalformedRecordException("the bias of " + kind.label() + " " + id + " is " + bias + rule);
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Embedding.isServable(vector[i])) {
                throw new MalformedRecordException(
                        "number " + i + " of the vector of " + kind.label() + " " + id + " is " + vector[i] + rule);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

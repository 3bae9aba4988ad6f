package dev.milvuso.server.quality;

/**
 * How likely a position of a list is to be looked at, in proportion to the first (position-based model: Craswell et
 * al., WSDM 2008).
 */
public interface Examination {
    /** Every position alike: nothing is corrected. */
    Examination EVEN = position -> 1;

    /**
     * @param position from 0
     * @return above 0
     */
    double at(int position);
}

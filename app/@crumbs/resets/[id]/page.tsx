import { placeAt } from "#app/@crumbs/place.tsx";

export default placeAt("/resets/[id]");

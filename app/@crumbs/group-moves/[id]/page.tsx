import { placeAt } from "#app/@crumbs/place.tsx";

export default placeAt("/group-moves/[id]");
